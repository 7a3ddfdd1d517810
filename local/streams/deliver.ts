import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** Calls the function; rejects where Lambda would report an error of the function. */
export type Invoke = (event: DynamoDBStreamEvent) => Promise<unknown>;

export interface DeliverOptions {
  readonly invoke: Invoke;
  /** Calls after the first, for the same records. */
  readonly retries: number;
  /** Milliseconds before the first retry; each later one waits twice as long. */
  readonly retryDelayMs: number;
  readonly signal: AbortSignal;
  /** Everything up to this record was handled, or given up. */
  readonly onHandled: (sequenceNumber: string) => Promise<void>;
  readonly onFailure: (failure: StreamFailure) => Promise<void>;
}

/** Records that failed to the last. */
export interface StreamFailure {
  readonly reason: string;
  readonly sequenceNumbers: readonly string[];
  /** When the last of them came into the stream, epoch seconds. */
  readonly arrivedAt: number;
}

interface Attempt {
  readonly records: readonly DynamoDBRecord[];
  readonly retries: number;
}

const LONGEST_DELAY_MS = 10_000;

/**
 * Hands one batch to the function as Lambda's event source mapping does with `ReportBatchItemFailures` and
 * `BisectBatchOnFunctionError`: order is kept, so what failed is retried from its lowest sequence number on, and a
 * batch that fails as a whole is halved (which uses up no retry) until the one bad record stands alone.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export async function deliverRecords(records: readonly DynamoDBRecord[], options: DeliverOptions): Promise<void> {
  const queue: Attempt[] = records.length > 0 ? [{ records, retries: 0 }] : [];
  for (let attempt = queue.shift(); attempt !== undefined; attempt = queue.shift()) {
    if (options.signal.aborted) return;
    const { failedFrom, reason } = await tryOnce(attempt.records, options.invoke);
    const done = attempt.records.slice(0, failedFrom);
    const rest = attempt.records.slice(failedFrom);
    await reportHandled(done, options);
    if (rest.length === 0) continue;
    if (done.length > 0) queue.unshift({ records: rest, retries: attempt.retries });
    else if (rest.length > 1) queue.unshift(...halves(rest, attempt.retries));
    else if (attempt.retries < options.retries) queue.unshift({ records: rest, retries: attempt.retries + 1 });
    else {
      const arrivedAt = rest.at(-1)?.dynamodb?.ApproximateCreationDateTime ?? 0;
      await options.onFailure({ reason, sequenceNumbers: rest.map(sequenceNumberOf), arrivedAt });
      await reportHandled(rest, options);
      continue;
    }
    const delay = Math.min(options.retryDelayMs * 2 ** attempt.retries, LONGEST_DELAY_MS);
    await wait(delay, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

interface Outcome {
  /** Index of the first record that was not handled; the number of records when all were. */
  readonly failedFrom: number;
  readonly reason: string;
}

async function tryOnce(records: readonly DynamoDBRecord[], invoke: Invoke): Promise<Outcome> {
  try {
    const result = await invoke({ Records: [...records] });
    return { failedFrom: firstFailure(records, result), reason: 'reported as failed by the function' };
  } catch (error) {
    return { failedFrom: 0, reason: String(error) };
  }
}

/** No list, or an empty one, is success; an identifier that was not in the batch fails all of it. */
function firstFailure(records: readonly DynamoDBRecord[], result: unknown): number {
  const { batchItemFailures } = (result ?? {}) as Partial<DynamoDBBatchResponse>;
  if (!batchItemFailures?.length) return records.length;
  const numbers = records.map(sequenceNumberOf);
  return Math.max(0, Math.min(...batchItemFailures.map(({ itemIdentifier }) => numbers.indexOf(itemIdentifier))));
}

function halves(records: readonly DynamoDBRecord[], retries: number): Attempt[] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, retries }));
}

async function reportHandled(records: readonly DynamoDBRecord[], { onHandled }: DeliverOptions): Promise<void> {
  const last = records.at(-1);
  if (last !== undefined) await onHandled(sequenceNumberOf(last));
}

const sequenceNumberOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';
