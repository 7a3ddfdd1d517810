import type { OutboxMessage } from '../../../shared/domain/message.ts';
import type { Registration, Seat } from '../../../shared/domain/registration.ts';
import { lockKey, quotaKey } from '../../../shared/store/keys.ts';
import { type AddressLock, toLockAttributes } from '../../../shared/store/lock-item.ts';
import { toOutboxItem } from '../../../shared/store/outbox-item.ts';
import { toRegistrationItem } from '../../../shared/store/registration-item.ts';
import type { TransactItem } from '../../../shared/store/transact.ts';

const NOT_THERE = 'attribute_not_exists(pk)';
const NO_MESSAGE_THERE = 'attribute_not_exists(id)';
const SEAT_IS_FREE = 'taken < #capacity AND waiting = :none';
const STILL_FULL = 'taken >= #capacity OR waiting > :none';
const LOCK_UNCHANGED = '#request = :before';

export const putRegistration = (table: string, registration: Registration, expiresAt: number): TransactItem => ({
  Put: { TableName: table, Item: toRegistrationItem(registration, expiresAt), ConditionExpression: NOT_THERE },
});

export const putMessage = (table: string, message: OutboxMessage): TransactItem => ({
  Put: { TableName: table, Item: toOutboxItem(message), ConditionExpression: NO_MESSAGE_THERE },
});

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
    UpdateExpression: after.noticeAt ? 'SET #request = :after, noticeAt = :noticeAt' : 'SET #request = :after',
    ConditionExpression: LOCK_UNCHANGED,
    ExpressionAttributeNames: { '#request': 'request' },
    ExpressionAttributeValues: {
      ':before': before.request,
      ':after': after.request,
      ...(after.noticeAt && { ':noticeAt': after.noticeAt }),
    },
  },
});

export const takeSeat = (table: string, eventId: string, seat: Seat): TransactItem => ({
  Update: {
    TableName: table,
    Key: quotaKey(eventId, seat.quota, seat.shard),
    UpdateExpression: seat.state === 'taken' ? 'ADD taken :one' : 'ADD waiting :one',
    ConditionExpression: seat.state === 'taken' ? SEAT_IS_FREE : STILL_FULL,
    ExpressionAttributeNames: { '#capacity': 'capacity' },
    ExpressionAttributeValues: { ':one': 1, ':none': 0 },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
