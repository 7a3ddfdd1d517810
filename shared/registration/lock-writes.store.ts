import { lockKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { type AddressLock, toLockAttributes } from './lock-item.store.ts';
import type { Registration } from './registration.schema.ts';

const NOT_THERE = 'attribute_not_exists(pk)';
const LOCK_UNCHANGED = '#reference = :reference AND #request = :before';
const LOCK_IS_OURS = 'attribute_not_exists(pk) OR #reference = :reference';

export const putLock = (
  table: string,
  eventId: string,
  addressHash: string,
  lock: AddressLock,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...lockKey(eventId, addressHash), ...toLockAttributes(lock), expiresAt },
    ConditionExpression: NOT_THERE,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

export const rewriteLock = (
  table: string,
  eventId: string,
  addressHash: string,
  before: AddressLock,
  after: AddressLock,
): TransactItem => ({
  Update: {
    TableName: table,
    Key: lockKey(eventId, addressHash),
    UpdateExpression: ['SET #request = :after', ...mailedAt(after).map(([name]) => `${name} = :${name}`)].join(', '),
    ConditionExpression: LOCK_UNCHANGED,
    ExpressionAttributeNames: { '#reference': 'reference', '#request': 'request' },
    ExpressionAttributeValues: {
      ':reference': before.reference,
      ':before': before.request,
      ':after': after.request,
      ...Object.fromEntries(mailedAt(after).map(([name, at]) => [`:${name}`, at])),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const mailedAt = ({ noticeAt, linkAt }: AddressLock) => Object.entries({ noticeAt, linkAt }).filter(([, at]) => at);

export const releaseLock = (
  table: string,
  { eventId, reference }: Registration,
  addressHash: string,
): TransactItem => ({
  Delete: {
    TableName: table,
    Key: lockKey(eventId, addressHash),
    ConditionExpression: LOCK_IS_OURS,
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':reference': reference },
  },
});
