import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { type DueQueue, duePartition } from '../../kernel/dynamo/due-ids.store.ts';
import { updateIf } from '../../kernel/dynamo/transact.store.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { MAIL_KINDS, urgencyOf } from '../kinds.ts';
import { UNSETTLED_STATES } from './message.schema.ts';
import { MAIL_QUEUES } from './outbox-items.store.ts';

/** A message or job that the stream gave up on: nothing wakes it any more. */
export interface Forgotten {
  readonly id: string;
  readonly what: 'message' | 'job';
  readonly eventId: string;
  /** Where a sweep is to find it. */
  readonly queue: DueQueue;
}

/** A part of the table, of so many that are about equally large. */
export interface ScanSegment {
  readonly number: number;
  readonly of: number;
}

export interface ForgottenStore {
  /** All that were written before then, or those in a part of the table. */
  readonly find: (before: Date, segment?: ScanSegment) => AsyncGenerator<Forgotten>;
  /** Has the next sweep look at it. @returns whether it was still forgotten */
  readonly wake: (forgotten: Forgotten, now: Date) => Promise<boolean>;
}

/** Whatever waits, or was begun, is in the index that sweeps read, until it is settled or done. */
const IS_FORGOTTEN =
  'attribute_not_exists(due) AND (attribute_exists(job) OR #state IN (:pending, :claimed, :unknown))';
const NAMES = { '#state': 'state' };
const STATES = Object.fromEntries(UNSETTLED_STATES.map((state) => [`:${state}`, state]));

export const forgottenStore = ({ client, outbox: TableName }: Database<'outbox'>): ForgottenStore => ({
  async *find(before, segment) {
    const scan = {
      TableName,
      FilterExpression: `createdAt < :before AND ${IS_FORGOTTEN}`,
      // Addresses are not read.
      ProjectionExpression: 'id, kind, job, eventId',
      ExpressionAttributeNames: NAMES,
      ExpressionAttributeValues: { ...STATES, ':before': before.toISOString() },
      ConsistentRead: segment === undefined,
      ...(segment && { Segment: segment.number, TotalSegments: segment.of }),
    };
    for await (const { Items = [] } of paginateScan({ client }, scan)) yield* Items.map(toForgotten);
  },

  wake: async (forgotten, now) => (await updateIf(client, wakening(TableName, forgotten, now))) === 'done',
});

/** Has the next sweep look at it, where it is still forgotten. */
export const wakening = (TableName: string, { id, queue }: Forgotten, now: Date) => ({
  TableName,
  Key: { id },
  UpdateExpression: 'SET due = :due, notBefore = :now',
  ConditionExpression: IS_FORGOTTEN,
  ExpressionAttributeNames: NAMES,
  ExpressionAttributeValues: { ...STATES, ':due': duePartition(queue, id), ':now': now.toISOString() },
});

/** A kind that is not known here, since a later version wrote it, is taken for an urgent one. */
function toForgotten({ id: itemId, kind, job, eventId: itemEvent }: Record<string, unknown>): Forgotten {
  const [id, eventId] = [String(itemId), String(itemEvent)];
  if (job !== undefined) return { id, what: 'job', eventId, queue: 'job' };
  const known = MAIL_KINDS.find((each) => each === kind);
  return { id, what: 'message', eventId, queue: MAIL_QUEUES[known ? urgencyOf(known) : 'now'] };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly forgotten: ForgottenStore;
  }
}
