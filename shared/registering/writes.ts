import type { Job } from '../domain/job.ts';
import type { OutboxMessage } from '../domain/message.ts';
import type { Registration } from '../domain/registration.ts';
import { type CounterChange, splitChange } from '../domain/seat-changes.ts';
import { toJobItem } from '../store/job-item.ts';
import {
  counterKey,
  invitationKey,
  lockKey,
  mailTurnsKey,
  proofKey,
  registrationKey,
  waitlistKey,
} from '../store/keys.ts';
import { type AddressLock, toLockAttributes } from '../store/lock-item.ts';
import { toOutboxItem } from '../store/outbox-item.ts';
import { toRegistrationItem } from '../store/registration-item.ts';
import type { TransactItem } from '../store/transact.ts';
import { toWaitlistAttributes, type WaitlistEntry } from '../store/waitlist-item.ts';
import { isMailTurn, MOST_MAIL_TURNS, type Pass } from './pass.ts';

/** Physical names of the tables that registering writes to. */
export interface Tables {
  readonly registry: string;
  readonly outbox: string;
}

const NOT_THERE = 'attribute_not_exists(pk)';
const NOTHING_THERE = 'attribute_not_exists(id)';
const REGISTRATION_UNCHANGED = 'revision = :revision';
const LOCK_UNCHANGED = '#reference = :reference AND #request = :before';
const LOCK_IS_OURS = 'attribute_not_exists(pk) OR #reference = :reference';
const TURN_IS_LEFT = 'attribute_not_exists(taken) OR taken < :most';
const USE_IS_LEFT = 'used < uses AND revoked = :no AND validUntil > :now';

/** Conditions on a counter: what must be true of it for each thing that may be done to it. */
const SEAT_IS_FREE = 'taken < #capacity';
const IS_FULL = 'taken >= #capacity';
const NOBODY_WAITS = 'waiting = :none';
const SOMEONE_WAITS = 'waiting > :none';
const SOMEONE_HAS_A_SEAT = 'taken > :none';
/** On a counter that shares a pool. */
const IS_OPEN = '#open > :none';
const IS_KEPT = 'kept > :none';
const OPENINGS_AS_READ = 'openings = :openings';

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

/** Writes a registration whole: a new one, or one that still has the revision before. */
export const putRegistration = (
  table: string,
  before: Registration | undefined,
  after: Registration,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: toRegistrationItem(after, expiresAt),
    ...(before === undefined
      ? { ConditionExpression: NOT_THERE }
      : {
          ConditionExpression: REGISTRATION_UNCHANGED,
          ExpressionAttributeValues: { ':revision': before.revision },
        }),
  },
});

/** One that still has the revision that was read. */
export const deleteRegistration = (table: string, { eventId, reference, revision }: Registration): TransactItem => ({
  Delete: {
    TableName: table,
    Key: registrationKey(eventId, reference),
    ConditionExpression: REGISTRATION_UNCHANGED,
    ExpressionAttributeValues: { ':revision': revision },
  },
});

/** Writes nothing: what is written along with it holds only while the registration is as it was read. */
export const checkUnchanged = (table: string, { eventId, reference, revision }: Registration): TransactItem => ({
  ConditionCheck: {
    TableName: table,
    Key: registrationKey(eventId, reference),
    ConditionExpression: REGISTRATION_UNCHANGED,
    ExpressionAttributeValues: { ':revision': revision },
  },
});

/** @param expiresAt epoch seconds: a message that can never be sent does not keep its address for ever */
export const putMessage = (table: string, message: OutboxMessage, expiresAt: number): TransactItem => ({
  Put: { TableName: table, Item: { ...toOutboxItem(message), expiresAt }, ConditionExpression: NOTHING_THERE },
});

export const putJob = (table: string, job: Job, expiresAt: number): TransactItem => ({
  Put: { TableName: table, Item: { ...toJobItem(job), expiresAt }, ConditionExpression: NOTHING_THERE },
});

export const putWaitlistEntry = (
  table: string,
  eventId: string,
  entry: WaitlistEntry,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...waitlistKey(eventId, entry.waitingSince, entry.reference),
      ...toWaitlistAttributes(entry),
      expiresAt,
    },
  },
});

export const deleteWaitlistEntry = (
  table: string,
  eventId: string,
  { waitingSince, reference }: Pick<WaitlistEntry, 'waitingSince' | 'reference'>,
): TransactItem => ({ Delete: { TableName: table, Key: waitlistKey(eventId, waitingSince, reference) } });

/** Uses an invitation once more, if a use is left. */
export const takeInvitation = (table: string, eventId: string, codeHash: string, now: Date): TransactItem => ({
  Update: {
    TableName: table,
    Key: invitationKey(eventId, codeHash),
    UpdateExpression: 'ADD used :one',
    ConditionExpression: USE_IS_LEFT,
    ExpressionAttributeValues: { ':one': 1, ':no': false, ':now': now.toISOString() },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Refused for a challenge that was spent before, and where no turn is left. */
export function spendPass(table: string, eventId: string, pass: Pass): TransactItem {
  const { expiresAt } = pass;
  if (!isMailTurn(pass)) {
    const Item = { ...proofKey(eventId, pass.nonce), expiresAt };
    return { Put: { TableName: table, Item, ConditionExpression: NOT_THERE } };
  }
  return {
    Update: {
      TableName: table,
      Key: mailTurnsKey(eventId, pass.minute),
      UpdateExpression: 'SET v = :v, expiresAt = :expiresAt ADD taken :one',
      ConditionExpression: TURN_IS_LEFT,
      ExpressionAttributeValues: { ':v': 1, ':expiresAt': expiresAt, ':one': 1, ':most': MOST_MAIL_TURNS },
    },
  };
}

/**
 * Takes or gives back seats and places in the waiting list, one counter at a time. The counter of a group begins with
 * the first seat that is taken in it; the definition says each time how many there are.
 */
export function changeCounter(table: string, eventId: string, change: CounterChange): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: counterKey(eventId, change),
      ...(change.isSplit ? changeSplit(change) : changeWhole(change)),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function changeSplit(change: CounterChange) {
  const { taken, waiting, behind } = change;
  const { open, kept } = splitChange(change);
  const conditions = [
    ...(open < 0 ? [IS_OPEN] : []),
    ...(kept < 0 ? [IS_KEPT] : []),
    ...(taken < 0 ? [SOMEONE_HAS_A_SEAT] : []),
    ...(waiting > 0 ? [OPENINGS_AS_READ] : []),
    ...(waiting < 0 ? [SOMEONE_WAITS] : []),
  ];
  const condition = conditions.join(' AND ');
  return {
    UpdateExpression: 'ADD taken :taken, waiting :waiting, #open :open, kept :kept',
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: {
      ':taken': taken,
      ':waiting': waiting,
      ':open': open,
      ':kept': kept,
      ...(condition.includes(':none') && { ':none': 0 }),
      ...(waiting > 0 && { ':openings': behind?.openings ?? 0 }),
    },
  };
}

function changeWhole(change: CounterChange) {
  const { taken, waiting, groupCapacity } = change;
  const isGroup = groupCapacity !== undefined;
  const condition = conditionOn(change);
  const usesCapacity = condition.includes('#capacity') || isGroup;
  return {
    UpdateExpression: `${isGroup ? 'SET #capacity = :capacity ' : ''}ADD taken :taken, waiting :waiting`,
    ConditionExpression: isGroup ? condition.replaceAll('#capacity', ':capacity') : condition,
    ...(usesCapacity && { ExpressionAttributeNames: { '#capacity': 'capacity' } }),
    ExpressionAttributeValues: {
      ':taken': taken,
      ':waiting': waiting,
      // DynamoDB refuses a value that no expression uses.
      ...(condition.includes(':none') && { ':none': 0 }),
      ...(isGroup && { ':capacity': groupCapacity }),
    },
  };
}

function conditionOn({ taken, waiting, behind, groupCapacity }: CounterChange): string {
  const conditions = [
    ...(taken > 0 ? [SEAT_IS_FREE, waiting < 0 ? SOMEONE_WAITS : NOBODY_WAITS] : []),
    ...(taken < 0 ? [SOMEONE_HAS_A_SEAT] : []),
    ...(waiting > 0 ? [behind?.passesSeat ? SOMEONE_WAITS : IS_FULL] : []),
    ...(taken <= 0 && waiting < 0 ? [SOMEONE_WAITS] : []),
  ];
  const all = conditions.join(' AND ');
  const isNewcomer = taken > 0 && waiting === 0;
  return isNewcomer && groupCapacity !== undefined ? `${NOT_THERE} OR (${all})` : all;
}
