import { delegationMemberKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Member } from './delegation-item.schema.ts';

/** Takes someone's line from a coordinator's list. */
export const deleteMember = (
  table: string,
  { eventId, delegation, member }: Pick<Member, 'eventId' | 'delegation' | 'member'>,
): TransactItem => ({ Delete: { TableName: table, Key: delegationMemberKey(eventId, delegation, member) } });

/** The same, where it still leads to a registration: the coordinator may have named someone else there meanwhile. */
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
