import { delegationKey, delegationMemberKey, NOT_THERE } from '../kernel/dynamo/keys.ts';
import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import { type Pass, spendPass } from '../kernel/keys/pass.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { putMessage } from '../mail/outbox/outbox-items.store.ts';
import { type Delegation, type Member, toDelegationItem, toMemberItem } from './delegation.schema.ts';
import { type DelegationStore, delegationStore, type Roster } from './delegation.store.ts';

interface DelegationChange {
  readonly before: Delegation | undefined;
  readonly after: Delegation;
  readonly messages: readonly OutboxMessage[];
  readonly pass?: Pass | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

interface DelegationEnd {
  readonly roster: Roster;
  readonly tombstones: readonly TransactItem[];
  readonly message: OutboxMessage;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

interface RosterStore extends DelegationStore {
  /** Writes a delegation and mails: both, or neither where it is not as it was read or its pass was spent. */
  readonly write: (change: DelegationChange) => Promise<'done' | 'changed' | 'pass-spent'>;
  /** Deletes a list whole and says so: not where it is not as it was read. */
  readonly erase: (end: DelegationEnd) => Promise<'done' | 'changed'>;
}

/** A transaction takes 100 items. */
const MOST_TOGETHER = 90;

export const rosterStore = ({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): RosterStore => ({
  ...delegationStore({ client, registry, system }),

  async write({ before, after, messages, pass, expiresAt }) {
    const writes = [
      putDelegation(registry, before, after, expiresAt),
      ...(pass ? [spendPass(registry, after.eventId, pass)] : []),
      ...messages.map((message) => putMessage(outbox, message, expiresAt)),
    ];
    const [refusal] = await transact(client, writes, system);
    if (refusal === undefined) return 'done';
    return refusal.position === 0 ? 'changed' : 'pass-spent';
  },

  async erase({ roster: { delegation, members }, tombstones, message, expiresAt }) {
    const lines = members.map((member) => deleteMember(registry, member));
    // More than a transaction takes come together only by naming others again and again; what is left of them names nobody.
    while (lines.length > MOST_TOGETHER) await transact(client, lines.splice(0, MOST_TOGETHER), system);
    const last: TransactItem[] = [
      deleteDelegation(registry, delegation),
      ...lines,
      ...tombstones,
      putMessage(outbox, message, expiresAt),
    ];
    return (await transact(client, last, system)).length === 0 ? 'done' : 'changed';
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly rosters: RosterStore;
  }
}

const UNCHANGED = 'revision = :revision AND linkAt = :linkAt';
const NOBODY_ADDED = 'revision = :revision';
const IS_THERE = 'attribute_exists(pk)';

/** Writes a delegation whole: a new one, or one that is still as it was read. */
const putDelegation = (
  table: string,
  before: Delegation | undefined,
  after: Delegation,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: toDelegationItem(after, expiresAt),
    ...(before === undefined
      ? { ConditionExpression: NOT_THERE }
      : {
          ConditionExpression: UNCHANGED,
          ExpressionAttributeValues: { ':revision': before.revision, ':linkAt': before.linkAt },
        }),
  },
});

/** One that is still as it was read. */
const deleteDelegation = (table: string, { eventId, id, revision, linkAt }: Delegation): TransactItem => ({
  Delete: {
    TableName: table,
    Key: delegationKey(eventId, id),
    ConditionExpression: UNCHANGED,
    ExpressionAttributeValues: { ':revision': revision, ':linkAt': linkAt },
  },
});

/** A person's line in the list, written only if nobody was added since it was read: so the limit holds for rivals, too. */
export const addMember = (
  table: string,
  delegation: Delegation,
  member: Member,
  expiresAt: number,
): readonly TransactItem[] => [
  { Put: { TableName: table, Item: toMemberItem(member, expiresAt) } },
  {
    Update: {
      TableName: table,
      Key: delegationKey(delegation.eventId, delegation.id),
      UpdateExpression: 'ADD revision :one',
      ConditionExpression: NOBODY_ADDED,
      ExpressionAttributeValues: { ':one': 1, ':revision': delegation.revision },
    },
  },
];

/**
 * A person's line in the list in place of another's: of that one nothing stays but where it leads. Who is in the list
 * changes, so a rival who adds people at the same time looks again.
 */
export const replaceMember = (
  table: string,
  before: Member,
  after: Member,
  expiresAt: number,
): readonly TransactItem[] => {
  const { name: _, email: __, honorific: ___, ...left } = before;
  const lines = before.member === after.member ? [after] : [after, left];
  return [
    ...lines.map((line) => ({ Put: { TableName: table, Item: toMemberItem(line, expiresAt) } })),
    {
      Update: {
        TableName: table,
        Key: delegationKey(after.eventId, after.delegation),
        UpdateExpression: 'ADD revision :one',
        ConditionExpression: IS_THERE,
        ExpressionAttributeValues: { ':one': 1 },
      },
    },
  ];
};

/** Takes a person's line from a coordinator's list. */
const deleteMember = (
  table: string,
  { eventId, delegation, member }: Pick<Member, 'eventId' | 'delegation' | 'member'>,
): TransactItem => ({ Delete: { TableName: table, Key: delegationMemberKey(eventId, delegation, member) } });

/** The same, where it still leads to a registration: the coordinator may have named another there meanwhile. */
export const deleteMemberOf = (
  table: string,
  { eventId, delegation, member }: Pick<Member, 'eventId' | 'delegation' | 'member'>,
  reference: string,
): TransactItem => ({
  Delete: {
    TableName: table,
    Key: delegationMemberKey(eventId, delegation, member),
    ConditionExpression: '#reference = :reference',
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':reference': reference },
  },
});
