import * as z from 'zod';
import { JOB_KINDS, type Job } from '../domain/job.ts';
import { once } from '../once.ts';

const stored = once(() =>
  z.object({ v: z.literal(1), id: z.string(), job: z.enum(JOB_KINDS), eventId: z.string(), createdAt: z.string() }),
);

/** Jobs share the Outbox with messages, which have a `kind`: the stream hands each to the function that does it. */
export const toJobItem = (job: Job) => ({ v: 1, ...job });

export function fromJobItem(item: Record<string, unknown>): Job {
  const { v: _, ...job } = stored().parse(item);
  return job;
}
