import type { Delegation, Member } from '../../../shared/domain/delegation.ts';
import { toDelegationItem, toMemberItem } from '../../../shared/store/delegation-item.ts';
import { delegationKey } from '../../../shared/store/keys.ts';
import type { TransactItem } from '../../../shared/store/transact.ts';

const NOT_THERE = 'attribute_not_exists(pk)';
const UNCHANGED = 'revision = :revision AND linkAt = :linkAt';
const NOBODY_ADDED = 'revision = :revision';

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
