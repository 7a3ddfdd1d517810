import { isDeepStrictEqual } from 'node:util';
import { invitationKey, mailTurnsKey, proofKey, registrationKey, waitlistKey } from '../kernel/dynamo/keys.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { isMailTurn, MOST_MAIL_TURNS, type Pass } from '../kernel/keys/pass.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { toOutboxItem } from '../mail/outbox/outbox-items.store.ts';
import { unprovenItemOf } from '../seats/unproven-seat.store.ts';
import { toWaitlistAttributes, type WaitlistEntry } from '../seats/waitlist.store.ts';
import type { Registration } from './registration.schema.ts';
import { toRegistrationItem } from './registration-item.store.ts';

/** Physical names of the tables that registering writes to. */
export interface Tables {
  readonly registry: string;
  readonly outbox: string;
}

const NOT_THERE = 'attribute_not_exists(pk)';
const NOTHING_THERE = 'attribute_not_exists(id)';
const REGISTRATION_UNCHANGED = 'revision = :revision';
const TURN_IS_LEFT = 'attribute_not_exists(taken) OR taken < :most';
const USE_IS_LEFT = 'used < uses AND revoked = :no AND validUntil > :now';

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

export const putWaitlistEntry = (
  table: string,
  eventId: string,
  entry: WaitlistEntry,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...waitlistKey(eventId, entry.waitingSince, entry.reference, entry.lostSeat),
      ...toWaitlistAttributes(entry),
      expiresAt,
    },
  },
});

export const deleteWaitlistEntry = (
  table: string,
  eventId: string,
  { waitingSince, reference, lostSeat }: Pick<WaitlistEntry, 'waitingSince' | 'reference' | 'lostSeat'>,
): TransactItem => ({ Delete: { TableName: table, Key: waitlistKey(eventId, waitingSince, reference, lostSeat) } });

/**
 * Keeps the list of seats that nobody has proven: one item a registration, which goes with the seat or once it is proven, and stays
 * as it is while the registration keeps its seats.
 */
export function unprovenWrites(
  table: string,
  before: Registration | undefined,
  after: Registration,
  expiresAt: number,
): TransactItem[] {
  const [old, next] = [before && unprovenItemOf(before, expiresAt), unprovenItemOf(after, expiresAt)];
  const isSame = isDeepStrictEqual(old, next);
  const hasMoved = old !== undefined && old.pk !== next?.pk;
  return [
    ...(hasMoved ? [{ Delete: { TableName: table, Key: { pk: old.pk, sk: old.sk } } }] : []),
    ...(next && !isSame ? [{ Put: { TableName: table, Item: next } }] : []),
  ];
}

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
