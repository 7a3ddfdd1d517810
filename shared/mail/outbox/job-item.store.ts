import * as z from 'zod';
import { JOB_KINDS } from '../../event/job.ts';
import { duePartition } from '../../kernel/dynamo/due-partition.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';

/** It may be done twice, or by two at once: what it does is decided on what it finds. */
export const storedJob = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  /** 128 random bits, base64url. */
  id: field(z.string(), 'impersonal', 'day'),
  job: field(z.enum(JOB_KINDS), 'impersonal', 'day'),
  eventId: field(z.string(), 'impersonal', 'day'),
  /** Of the registration, the id of the announcement, the `ticketHash`, the name of the seats, or the id of the quota, that it is about, where it is about one. */
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
