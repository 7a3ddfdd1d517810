import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { JOB_KINDS } from '../../event/job.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { type DueQueue, duePartition } from '../../kernel/dynamo/due-ids.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { SETTLED_DAYS } from '../../kernel/purposes.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import type { MailFate } from '../fate/mail-event.schema.ts';
import { type Urgency, urgencyOf } from '../kinds.ts';
import { type Failure, type MessageState, type OutboxMessage, storedMessage } from './message.schema.ts';

const ITEM_VERSION = 1;

/** The queue of a message that waits, or that an instance began to send, by how urgent it is. */
export const MAIL_QUEUES = { now: 'mail', later: 'mail-later' } as const satisfies Record<Urgency, DueQueue>;

/** Where the index finds it until it is settled: whatever becomes of the instance that claimed it, it is found again. */
export const dueOf = ({ id, kind }: Pick<OutboxMessage, 'id' | 'kind'>): string =>
  duePartition(MAIL_QUEUES[urgencyOf(kind)], id);

/** One that is not to leave at once, or that can wait, is found by its time: the stream does not tell of it. */
export function toOutboxItem(message: OutboxMessage) {
  const isSwept = message.notBefore !== undefined || urgencyOf(message.kind) === 'later';
  const { notBefore = message.createdAt } = message;
  return { v: ITEM_VERSION, ...message, ...(isSwept && { notBefore, due: dueOf(message) }) };
}

/** @throws ZodError when the table holds something that is not a message of a known version */
export function fromOutboxItem(item: Record<string, unknown>): OutboxMessage {
  const { v: _, ...message } = storedMessage().parse(item);
  return message;
}

/** How many mails of an event SES took, for what they cost; or how many its forms caused in one minute, or one hour. */
export const storedSentMails = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  /** So that it goes with the event. */
  eventId: field(z.string(), 'impersonal', 'event'),
  sent: field(z.int(), 'impersonal', 'event'),
}));

/** In the `Outbox` table. @param of event, or `event#minute`, `event#hour` */
export const sentMailsKey = (of: string) => ({ id: `SENT#${of}` });

/** Seconds. The number of an event's mails is kept longer than anyone's registration. */
const DAY = 86_400;

export const countMails = (TableName: string, of: string, mails: number, now: Date): UpdateCommandInput => ({
  TableName,
  Key: sentMailsKey(of),
  UpdateExpression: 'SET v = :v, eventId = :eventId, expiresAt = :expiresAt ADD sent :mails',
  ExpressionAttributeValues: {
    ':v': 1,
    ':eventId': of.split('#')[0],
    ':expiresAt': Math.floor(now.getTime() / 1000) + (of.includes('#') ? DAY : 400 * DAY),
    ':mails': mails,
  },
  ReturnValues: 'UPDATED_NEW',
});

/** It may be done twice, or by two at once: what it does is decided on what it finds. */
export const storedJob = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  /** 128 random bits, base64url. */
  id: field(z.string(), 'impersonal', 'day'),
  job: field(z.enum(JOB_KINDS), 'impersonal', 'day'),
  eventId: field(z.string(), 'impersonal', 'day'),
  /**
   * Of the registration, the id of the announcement or bulk change, the `ticketHash`, the name of the seats, or the id of the quota, that it is
   * about, where it is about one.
   */
  reference: field(z.string().optional(), 'place', 'event'),
  /** Not to be done before, ISO 8601. */
  notBefore: field(z.string().optional(), 'impersonal', 'event'),
  /** ISO 8601. */
  createdAt: field(z.string(), 'impersonal', 'day'),
}));
export interface Job extends Omit<Output<typeof storedJob>, 'v'> {}

/** Jobs share the Outbox with messages, which have a `kind`: the stream hands each to the function that does it. */
export const toJobItem = (job: Job) => ({
  v: 1,
  ...job,
  ...(job.notBefore !== undefined && { due: duePartition('job', job.id) }),
});

export function fromJobItem(item: Record<string, unknown>): Job {
  const { v: _, ...job } = storedJob().parse(item);
  return job;
}

const NOTHING_THERE = 'attribute_not_exists(id)';

/** @param expiresAt epoch seconds: a job that nobody does is not kept for ever */
export const putJob = (table: string, job: Job, expiresAt: number): TransactItem => ({
  Put: { TableName: table, Item: { ...toJobItem(job), expiresAt }, ConditionExpression: NOTHING_THERE },
});

/**
 * Writes a message whose id says what it is and whom it is to.
 *
 * @param expiresAt epoch seconds
 * @returns whether it was written: one of this id may be there already
 */
export async function putMessageOnce(
  client: DocumentClient,
  table: string,
  message: OutboxMessage,
  expiresAt: number,
): Promise<boolean> {
  // Listed at once under whom it is about: nobody waits for this write, and a turn to leave may be hours away.
  const Item = { ...toOutboxItem(message), about: message.reference, expiresAt };
  try {
    await client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(id)' }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** When a message that is settled now is forgotten, in epoch seconds. */
export const settledUntil = (now: Date): number => Math.floor(now.getTime() / 1000) + SETTLED_DAYS * 24 * 60 * 60;

export type Settled =
  | { readonly state: 'sent'; readonly messageId: string }
  | { readonly state: 'failed'; readonly failure: Failure };

/**
 * A settled message keeps no address, and is not looked at again. It is settled only while it is in one of some states and
 * as often claimed as it was read: an instance that claimed before and was slow cannot settle it any more.
 *
 * @param forgetAt epoch seconds
 */
export function settleMessage(
  table: string,
  { id, attempts }: Pick<OutboxMessage, 'id' | 'attempts'>,
  from: readonly MessageState[],
  { state, ...result }: Settled,
  forgetAt: number,
): UpdateCommandInput {
  const [[attribute, value] = []] = Object.entries(result);
  const states = Object.fromEntries(from.map((each) => [`:${each}`, each]));
  return {
    TableName: table,
    Key: { id },
    UpdateExpression: `SET #state = :settled, ${attribute} = :value, expiresAt = :forgetAt REMOVE notBefore, due, promised, words, former, #to`,
    ConditionExpression: `#state IN (${Object.keys(states).join(', ')}) AND attempts = :attempts`,
    ExpressionAttributeNames: { '#state': 'state', '#to': 'to' },
    ExpressionAttributeValues: {
      ...states,
      ':attempts': attempts,
      ':settled': state,
      ':value': value,
      ':forgetAt': forgetAt,
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** Notes what became of the mail, if no more is known of it than was read. */
export const noteFate = (
  table: string,
  { id, fate: before }: Pick<OutboxMessage, 'id' | 'fate'>,
  fate: MailFate,
): UpdateCommandInput => ({
  TableName: table,
  Key: { id },
  UpdateExpression: 'SET fate = :fate',
  ConditionExpression: before ? 'fate.#what = :before' : 'attribute_exists(id) AND attribute_not_exists(fate)',
  ...(before && { ExpressionAttributeNames: { '#what': 'what' } }),
  ExpressionAttributeValues: { ':fate': fate, ...(before && { ':before': before.what }) },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

/** @param expiresAt epoch seconds: a message that can never be sent does not keep its address for ever */
export const putMessage = (table: string, message: OutboxMessage, expiresAt: number): TransactItem => ({
  Put: { TableName: table, Item: { ...toOutboxItem(message), expiresAt }, ConditionExpression: NOTHING_THERE },
});
