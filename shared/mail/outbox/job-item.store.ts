import * as z from 'zod';
import { JOB_KINDS, type Job } from '../../event/job.ts';
import { duePartition } from '../../kernel/dynamo/due-partition.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';

export const storedJob = once(() =>
  z.object({
    v: z.literal(1),
    id: z.string(),
    job: z.enum(JOB_KINDS),
    eventId: z.string(),
    reference: z.string().optional(),
    notBefore: z.string().optional(),
    createdAt: z.string(),
  }),
);

export const JOB_USES = {
  v: ['impersonal', 'day'],
  id: ['impersonal', 'day'],
  job: ['impersonal', 'day'],
  eventId: ['impersonal', 'day'],
  reference: ['place', 'event'],
  notBefore: ['impersonal', 'event'],
  createdAt: ['impersonal', 'day'],
} as const satisfies UsesOf<typeof storedJob>;

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
