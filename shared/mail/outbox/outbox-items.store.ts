import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { JOB_KINDS } from '../../event/job.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { type DueQueue, duePartition } from '../../kernel/dynamo/due-ids.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { FATES } from '../fate/mail-fate.ts';
import { MAIL_KINDS, type Urgency, urgencyOf } from '../kinds.ts';
import { FAILURES, MESSAGE_STATES, type OutboxMessage } from './message.ts';

const ITEM_VERSION = 1;

export const storedMessage = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'settled'),
  id: field(z.string(), 'mail', 'settled'),
  kind: field(z.enum(MAIL_KINDS), 'mail', 'settled'),
  eventId: field(z.string(), 'mail', 'settled'),
  reference: field(z.string(), 'mail', 'settled'),
  announcement: field(z.string().optional(), 'mail', 'settled'),
  delegation: field(z.string().optional(), 'mail', 'settled'),
  words: field(z.object({ subject: z.string(), text: z.string() }).optional(), 'impersonal', 'sent'),
  to: field(z.string().optional(), 'mail', 'sent'),
  language: field(z.string(), 'mail', 'settled'),
  state: field(z.enum(MESSAGE_STATES), 'mail', 'settled'),
  createdAt: field(z.string(), 'mail', 'settled'),
  notBefore: field(z.string().optional(), 'mail', 'settled'),
  promised: field(z.boolean().optional(), 'mail', 'settled'),
  attempts: field(z.int(), 'mail', 'settled'),
  messageId: field(z.string().optional(), 'mail', 'settled'),
  failure: field(z.enum(FAILURES).optional(), 'mail', 'settled'),
  fate: field(
    z.object({ what: z.enum(FATES), at: z.string(), code: z.string().optional() }).optional(),
    'mail',
    'settled',
  ),
}));

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

/** It may be done twice, or by two at once: what it does is decided on what it finds. */
export const storedJob = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  /** 128 random bits, base64url. */
  id: field(z.string(), 'impersonal', 'day'),
  job: field(z.enum(JOB_KINDS), 'impersonal', 'day'),
  eventId: field(z.string(), 'impersonal', 'day'),
  /**
   * Of the registration, the id of the announcement, the `ticketHash`, the name of the seats, or the id of the quota, that it is
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
