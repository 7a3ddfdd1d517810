import * as z from 'zod';
import { NOT_THERE, ownEventKey, roleKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { type RoleGrant, resetOfFactor, roleGrant, said } from './organiser-role.schema.ts';
import { hasEnded } from './organiser-role.ts';
import { SET_NAMES, setEnds, setNames } from './ticks.ts';

const ITEM_VERSION = 1;

/** A person with roles in an event. */
export const storedRole = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'team', 'published'),
  sk: field(z.string(), 'team', 'published'),
  grants: field(z.array(roleGrant()), 'team', 'published'),
  /** What the inviter calls them: the provider's names for them stay with the provider. */
  label: field(z.string().optional(), 'team', 'published'),
  /** The member who invited them first; absent where the system's operator did. */
  invitedBy: field(z.string().optional(), 'team', 'published'),
  /** The invitation that was redeemed last: redeeming it again succeeds again. */
  invitation: field(z.string().optional(), 'team', 'published'),
  /** Where they are told each day on which anyone waits for their decision: the address that their invitation went to. */
  email: field(z.string().optional(), 'team', 'published'),
  /** Of those mails. */
  language: field(z.string().optional(), 'team', 'published'),
  /** A proposal to take their roles back, until a second person says so too. */
  removal: field(said().optional(), 'team', 'published'),
  /** A proposal to reset their second factor, or the last reset. */
  factorReset: field(resetOfFactor().optional(), 'team', 'published'),
  /** ISO 8601 instant. */
  createdAt: field(z.string(), 'team', 'published'),
  /** Rises with each change. */
  revision: field(z.int(), 'team', 'published'),
}));
export interface Member extends Omit<Output<typeof storedRole>, 'v' | 'sk'> {
  /** See `identity.store.ts`. */
  readonly id: string;
  /** What they held, past its end, in no `grants`: it is shown for a while, and gives nothing. */
  readonly ended?: readonly RoleGrant[] | undefined;
}

export const toRoleAttributes = ({ id: _, ended = [], ...member }: Member) => ({
  ...{ v: ITEM_VERSION, ...member },
  grants: [...member.grants, ...ended],
});

/** @throws ZodError when the table holds something else */
export function fromRoleItem(item: Record<string, unknown>): Member {
  const { v: _, sk: id, ...member } = storedRole().parse(item);
  return { id, ...member };
}

/** A member by what their grants give at a moment. */
export function asOf(member: Member, now: Date): Member {
  const ended = member.grants.filter((grant) => hasEnded(grant, now));
  if (ended.length === 0) return member;
  return { ...member, grants: member.grants.filter((grant) => !hasEnded(grant, now)), ended };
}

/** That a person has a role in an event, and of which names: so that they find it. It opens nothing, which the roles themselves do. */
export const storedOwnEvent = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'team', 'published'),
  sk: field(z.string(), 'team', 'published'),
  sets: field(z.array(z.enum(SET_NAMES)), 'team', 'published'),
  /** By set, when the last grant of it ends, ISO 8601. */
  ends: field(z.record(z.string(), z.string()).optional(), 'team', 'published'),
}));
export interface OwnEvent extends Omit<Output<typeof storedOwnEvent>, 'v' | 'sk'> {
  readonly eventId: string;
}

/** @throws ZodError when the table holds something else */
export function fromOwnEventItem(item: Record<string, unknown>): OwnEvent {
  const { v: _, sk: eventId, ...own } = storedOwnEvent().parse(item);
  return { eventId, ...own };
}

/** What members may do in an event: of a grant past its end nothing, from that moment on. */
export interface RoleStore {
  /** As it is now, strongly consistent: a role that was revoked a moment ago opens nothing. */
  readonly read: (eventId: string, memberId: string) => Promise<Member | undefined>;
  /** Everyone with a role in an event; as they were a moment ago, at half the cost, where only their names are shown. */
  readonly list: (eventId: string, options?: { readonly consistent: boolean }) => Promise<readonly Member[]>;
  /** The events in which a person has a role, as they are now. */
  readonly eventsOf: (memberId: string) => Promise<readonly OwnEvent[]>;
}

export function roleStore({ client, registry: table, system }: Given<'registry', 'now'>): RoleStore {
  return {
    async read(eventId, memberId) {
      const item = await readItem(client, table, roleKey(eventId, memberId));
      return item && asOf(fromRoleItem(item), system.now());
    },

    async list(eventId, options) {
      const items = await queryPartition(client, table, roleKey(eventId, '').pk, options);
      return items.map((item) => asOf(fromRoleItem(item), system.now()));
    },

    async eventsOf(memberId) {
      const items = await queryPartition(client, table, ownEventKey(memberId, '').pk);
      return items.map(fromOwnEventItem).flatMap((own) => {
        const sets = own.sets.filter((set) => !hasEnded({ endsAt: own.ends?.[set] }, system.now()));
        return sets.length === 0 && own.sets.length > 0 ? [] : [{ ...own, sets }];
      });
    },
  };
}

const unchanged = ({ revision }: Member) => ({
  ConditionExpression: 'revision = :revision',
  ExpressionAttributeValues: { ':revision': revision },
});

/** Takes all roles of a member back, for their very next request, as they were read. */
export const deleteRoles = (table: string, eventId: string, member: Member): readonly TransactItem[] => [
  { Delete: { TableName: table, Key: roleKey(eventId, member.id), ...unchanged(member) } },
  { Delete: { TableName: table, Key: ownEventKey(member.id, eventId) } },
];

/** Writes nothing: what is written along with it holds only while a member is as they were read. */
export const checkMember = (table: string, eventId: string, member: Member): TransactItem => ({
  ConditionCheck: { TableName: table, Key: roleKey(eventId, member.id), ...unchanged(member) },
});

/** A new member, or one who still is as they were read; where they hold other roles now, the event among theirs says so too. */
export function putMember(
  table: string,
  eventId: string,
  before: Member | undefined,
  after: Member,
): readonly TransactItem[] {
  const isAsListed = before !== undefined && JSON.stringify(ownOf(before)) === JSON.stringify(ownOf(after));
  return [
    {
      Put: {
        TableName: table,
        Item: { ...roleKey(eventId, after.id), ...toRoleAttributes(after) },
        ...(before === undefined ? { ConditionExpression: NOT_THERE } : unchanged(before)),
      },
    },
    ...(isAsListed ? [] : [putOwnEvent(table, eventId, after)]),
  ];
}

/** Holds only where it is written along with the member, or while they are as they were read. */
export const putOwnEvent = (table: string, eventId: string, member: Member): TransactItem => ({
  Put: { TableName: table, Item: { ...ownEventKey(member.id, eventId), v: ITEM_VERSION, ...ownOf(member) } },
});

function ownOf({ grants }: Member) {
  const ends = setEnds(grants);
  return { sets: setNames(grants), ...(Object.keys(ends).length > 0 && { ends }) };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly roles: RoleStore;
  }
}
