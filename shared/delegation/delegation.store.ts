import { reachedThrough } from '../announcements/write/audience.ts';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { delegationKey, delegationMemberKey, registrationKey } from '../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../kernel/dynamo/queries.store.ts';
import { updateIf } from '../kernel/dynamo/transact.store.ts';
import type { Database, Given } from '../kernel/parts.store.ts';
import { compareCodes } from '../kernel/text/text.ts';
import { wantsOptional } from '../mail/fate/mail-fate.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { fromRegistrationItem } from '../registration/registration.store.ts';
import { type Delegation, fromDelegationItem, fromMemberItem, type Member } from './delegation.schema.ts';

/** A delegation and its people, in the order in which they were added. */
export interface Roster {
  readonly delegation: Delegation;
  readonly members: readonly Member[];
}

export interface DelegationStore {
  readonly read: (eventId: string, id: string) => Promise<Delegation | undefined>;
  /** A person's line in a list. */
  readonly readMember: (eventId: string, delegation: string, member: string) => Promise<Member | undefined>;
  /** As it is now, in one strongly consistent query. */
  readonly readRoster: (eventId: string, id: string) => Promise<Roster | undefined>;
  /** The registrations that the lines of a list lead to, by reference. */
  readonly registrations: (roster: Roster) => Promise<ReadonlyMap<string, Registration>>;
}

export function delegationStore({ client, registry: table, system }: Given<'registry', 'backOff'>): DelegationStore {
  return {
    async read(eventId, id) {
      const item = await readItem(client, table, delegationKey(eventId, id));
      return item && fromDelegationItem(item);
    },

    async readMember(eventId, delegation, member) {
      const item = await readItem(client, table, delegationMemberKey(eventId, delegation, member));
      return item && fromMemberItem(item);
    },

    async readRoster(eventId, id) {
      const { pk, sk } = delegationKey(eventId, id);
      const items = await queryPartition(client, table, pk);
      const found = items.find((item) => item['sk'] === sk);
      const members = items.filter((item) => item['sk'] !== sk).map(fromMemberItem);
      members.sort((a, b) => compareCodes(a.addedAt, b.addedAt));
      return found && { delegation: fromDelegationItem(found), members };
    },

    async registrations({ delegation, members }) {
      // After a substitution, both lines lead to one registration.
      const references = new Set(members.flatMap(({ reference }) => reference ?? []));
      if (references.size === 0) return new Map();
      const keys = [...references].map((reference) => registrationKey(delegation.eventId, reference));
      const item = await batchGet(client, table, keys, system, true);
      return new Map(
        keys.flatMap((key) => {
          const found = item(key);
          return found ? [[key.sk, fromRegistrationItem(found)] as const] : [];
        }),
      );
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly delegations: DelegationStore;
  }
}

/** Ids of the delegations, of those through which any of these people are reached, whose coordinator stopped mail that can be done without. */
type StoppedDelegations = (
  eventId: string,
  registrations: readonly Parameters<typeof reachedThrough>[0][],
) => Promise<ReadonlySet<string>>;

/** What DynamoDB gives in one call. */
const BATCH = 100;

export const stoppedDelegations =
  ({ client, registry: table, system }: Given<'registry', 'backOff'>): StoppedDelegations =>
  async (eventId, registrations) => {
    const ids = [...new Set(registrations.flatMap((each) => reachedThrough(each) ?? []))];
    const stopped = new Set<string>();
    for (let begin = 0; begin < ids.length; begin += BATCH) {
      const keys = ids.slice(begin, begin + BATCH).map((id) => delegationKey(eventId, id));
      const itemOf = await batchGet(client, table, keys, system, true);
      for (const item of keys.map(itemOf)) {
        const delegation = item && fromDelegationItem(item);
        if (delegation && !wantsOptional(delegation)) stopped.add(delegation.id);
      }
    }
    return stopped;
  };

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly stoppedDelegations: StoppedDelegations;
  }
}

interface CoordinatorMailStore {
  /** Stops mail to a coordinator that they can do without, or resumes it; nothing where their list was deleted meanwhile. */
  readonly set: (delegation: Pick<Delegation, 'eventId' | 'id' | 'link'>, isStopped: boolean) => Promise<void>;
}

export const coordinatorMailStore = ({ client, registry: table }: Database<'registry'>): CoordinatorMailStore => ({
  async set({ eventId, id, link }, isStopped) {
    await updateIf(client, {
      TableName: table,
      Key: delegationKey(eventId, id),
      // The revision tells a rival who writes the delegation whole at the same time to look again.
      UpdateExpression: `${isStopped ? 'SET optedOut = :yes' : 'REMOVE optedOut'} ADD revision :one`,
      ConditionExpression: 'link = :link',
      ExpressionAttributeValues: { ':link': link, ':one': 1, ...(isStopped && { ':yes': true }) },
    });
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly coordinatorMail: CoordinatorMailStore;
  }
}
