import type { OutboxMessage } from '../domain/message.ts';
import type { Registration, Seat } from '../domain/registration.ts';
import { lockKey, quotaKey, registrationKey } from '../store/keys.ts';
import { type AddressLock, toLockAttributes } from '../store/lock-item.ts';
import { toOutboxItem } from '../store/outbox-item.ts';
import { toRegistrationItem } from '../store/registration-item.ts';
import type { TransactItem } from '../store/transact.ts';

/** Physical names of the tables that registering writes to. */
export interface Tables {
  readonly registry: string;
  readonly outbox: string;
}

const NOT_THERE = 'attribute_not_exists(pk)';
const NO_MESSAGE_THERE = 'attribute_not_exists(id)';
const SEAT_IS_FREE = 'taken < #capacity AND waiting = :none';
const STILL_FULL = 'taken >= #capacity OR waiting > :none';
const SOMEONE_COUNTED = { taken: 'taken > :none', waiting: 'waiting > :none' } as const;
const LOCK_UNCHANGED = '#reference = :reference AND #request = :before';
const LOCK_IS_OURS = 'attribute_not_exists(pk) OR #reference = :reference';
const REGISTRATION_UNCHANGED = 'revision = :revision';

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

export const releaseLock = (table: string, registration: Registration, addressHash: string): TransactItem => ({
  Delete: {
    TableName: table,
    Key: lockKey(registration.eventId, addressHash),
    ConditionExpression: LOCK_IS_OURS,
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':reference': registration.reference },
  },
});

export const putRegistration = (table: string, registration: Registration, expiresAt: number): TransactItem => ({
  Put: { TableName: table, Item: toRegistrationItem(registration, expiresAt), ConditionExpression: NOT_THERE },
});

/** Writes what became of a registration that had the revision before. */
export const markCancelled = (table: string, cancelled: Registration): TransactItem => ({
  Update: {
    TableName: table,
    Key: registrationKey(cancelled.eventId, cancelled.reference),
    UpdateExpression: 'SET #status = :status, seats = :seats, revision = :next, changedAt = :now',
    ConditionExpression: REGISTRATION_UNCHANGED,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': cancelled.status,
      ':seats': cancelled.seats,
      ':revision': cancelled.revision - 1,
      ':next': cancelled.revision,
      ':now': cancelled.changedAt,
    },
  },
});

/** @param expiresAt epoch seconds: a message that can never be sent does not keep its address for ever */
export const putMessage = (table: string, message: OutboxMessage, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...toOutboxItem(message), expiresAt },
    ConditionExpression: NO_MESSAGE_THERE,
  },
});

export const takeSeat = (table: string, eventId: string, seat: Seat): TransactItem => ({
  Update: {
    TableName: table,
    Key: quotaKey(eventId, seat.quota, seat.shard),
    UpdateExpression: `ADD ${seat.state} :one`,
    ConditionExpression: seat.state === 'taken' ? SEAT_IS_FREE : STILL_FULL,
    ExpressionAttributeNames: { '#capacity': 'capacity' },
    ExpressionAttributeValues: { ':one': 1, ':none': 0 },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

export const giveBackSeat = (table: string, eventId: string, seat: Seat): TransactItem => ({
  Update: {
    TableName: table,
    Key: quotaKey(eventId, seat.quota, seat.shard),
    UpdateExpression: `ADD ${seat.state} :minusOne`,
    ConditionExpression: SOMEONE_COUNTED[seat.state],
    ExpressionAttributeValues: { ':minusOne': -1, ':none': 0 },
  },
});
