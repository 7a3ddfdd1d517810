import { delegationKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { type Delegation, type Member, toDelegationItem, toMemberItem } from './delegation-item.schema.ts';

const NOT_THERE = 'attribute_not_exists(pk)';
const UNCHANGED = 'revision = :revision AND linkAt = :linkAt';
const NOBODY_ADDED = 'revision = :revision';
const IS_THERE = 'attribute_exists(pk)';

/** Writes a delegation whole: a new one, or one that is still as it was read. */
export const putDelegation = (
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
export const deleteDelegation = (table: string, { eventId, id, revision, linkAt }: Delegation): TransactItem => ({
  Delete: {
    TableName: table,
    Key: delegationKey(eventId, id),
    ConditionExpression: UNCHANGED,
    ExpressionAttributeValues: { ':revision': revision, ':linkAt': linkAt },
  },
});

/** Someone's line in the list, written only if nobody was added since it was read: so the limit holds for rivals, too. */
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
 * Someone's line in the list in place of another's: of that one nothing stays but where it leads. Who is in the list
 * changes, so whoever adds people at the same time looks again.
 */
export const replaceMember = (
  table: string,
  before: Member,
  after: Member,
  expiresAt: number,
): readonly TransactItem[] => {
  const { name: _, email: __, ...left } = before;
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
