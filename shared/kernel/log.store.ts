import { AsyncLocalStorage } from 'node:async_hooks';
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { ENVIRONMENT } from './env.ts';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS, type Metric, NAMESPACE_VARIABLE } from './metrics.ts';
import { realSystem } from './system.store.ts';

/** A request, or a batch of what nobody waits for, while it is worked on. A worker of `local` has several at once. */
interface Work {
  readonly correlationId: string;
  readonly calls: Call[];
}

/** One call to AWS, and nothing of what was asked or answered. */
interface Call {
  readonly operation: string;
  /** All of them, where it is about several. */
  readonly table?: string;
  /** Epoch milliseconds. */
  readonly begun: number;
  ended?: {
    readonly ms: number;
    readonly attempts?: number | undefined;
    readonly units?: number | undefined;
    readonly error?: string | undefined;
  };
}

const works = new AsyncLocalStorage<Work>();

/** A line holds ids, codes and numbers, what it is part of, and of an error no message: that may quote what a person typed (IN4). */
class CodesOnly extends LogFormatter {
  override formatAttributes(base: UnformattedAttributes, { error, ...about }: LogAttributes): LogItem {
    const { logLevel: level, timestamp, message } = base;
    const correlationId = works.getStore()?.correlationId;
    const failure = error === undefined ? {} : described(error);
    return new LogItem({ attributes: { level, timestamp, message, correlationId, ...about, ...failure } });
  }

  override formatError = described;
}

function described(error: unknown): LogAttributes {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { error: error.name, ...fieldsOf(error), stack: frames.map((frame) => frame.trim()) };
}

/** Of an answer or item that does not fit its schema: which fields, without what is in them. */
function fieldsOf(error: Error): { fields?: string[] } {
  const issues = 'issues' in error && Array.isArray(error.issues) ? error.issues : [];
  return issues.length === 0
    ? {}
    : { fields: issues.map((issue: { path?: unknown[] }) => String(issue.path?.join('.'))) };
}

class FunctionLogger extends Logger {
  /** Whether this is the first to ask since the function was started for it. */
  readonly isColdStart = (): boolean => this.getColdStart();
}

/** One line of JSON each, written as it is: what goes through Lambda's own console is wrapped into a text of another one. */
export const logger = new FunctionLogger({ logFormatter: new CodesOnly() });

const metrics = new Metrics({
  namespace: process.env[NAMESPACE_VARIABLE] ?? METRIC_NAMESPACE,
  serviceName: METRIC_DIMENSIONS.service,
  logger,
});

/** Writes a line that CloudWatch reads as a metric. */
export function measure(metric: Metric, value: number, unit: 'Count' | 'Seconds' = MetricUnit.Count): void {
  metrics.addMetric(metric, unit, value).publishStoredMetrics();
}

/** Counts one of something, or more. */
export const count = (metric: Metric, number = 1): void => measure(metric, number);

/** Milliseconds from which a request tells its calls to AWS. */
const SLOW = 1000;
/** Calls that a line tells: a sweep makes thousands. */
const MOST_CALLS = 50;
/** Milliseconds before Lambda stops a function, in which it can still say what it waits for. */
const LAST_WORDS = 250;

interface Told {
  readonly about: Readonly<Record<string, string | number | undefined>>;
  readonly hasFailed: boolean;
}

interface End<Result> {
  readonly result: Result;
}

type Clock = Partial<Pick<Context, 'getRemainingTimeInMillis'>>;

/**
 * Does some work, and writes the one line of it. One that failed, a slow request, and what Lambda is about to stop tell their calls to AWS.
 *
 * @param tell what the line says of how it ended; of nothing where the work threw, or has not ended
 */
export function logged<Result>(
  message: 'request' | 'batch',
  { correlationId, context = {} }: { readonly correlationId: string; readonly context?: Clock },
  tell: (end?: End<Result>) => Told,
  work: () => Promise<Result>,
): Promise<Result> {
  const calls: Call[] = [];
  return works.run({ correlationId, calls }, async () => {
    const begun = realSystem.now().getTime();
    const left = context.getRemainingTimeInMillis?.();
    const lastWords = (): void => logger.error('out of time', { ...tell().about, ...told(calls) });
    const timer = left === undefined ? undefined : setTimeout(lastWords, left - LAST_WORDS).unref();
    const coldStart = logger.isColdStart();
    let end: End<Result> | undefined;
    try {
      end = { result: await work() };
      return end.result;
    } finally {
      clearTimeout(timer);
      const { about, hasFailed } = tell(end);
      const durationMs = realSystem.now().getTime() - begun;
      const tellsCalls = hasFailed || (message === 'request' && durationMs >= SLOW);
      logger.info(message, { ...about, durationMs, coldStart, ...(tellsCalls && told(calls)) });
    }
  });
}

const told = (calls: readonly Call[]) => ({
  calls: calls.slice(0, MOST_CALLS).map(({ begun, ended, ...call }) => ({
    ...call,
    ...(ended ?? { ms: realSystem.now().getTime() - begun, isOpen: true }),
  })),
  ...(calls.length > MOST_CALLS && { moreCalls: calls.length - MOST_CALLS }),
});

interface Batch {
  readonly Records?: readonly { readonly eventSource?: string | undefined }[];
  readonly timer?: string;
  readonly 'detail-type'?: string;
}

/** The handler of what streams, queues, timers and SES tell a function. */
export const batchHandler =
  <Event, Result>(handle: (event: Event) => Promise<Result>) =>
  (event: Event, context?: Clock & Partial<Pick<Context, 'awsRequestId'>>): Promise<Result> => {
    const { Records, timer, 'detail-type': type } = event as Batch;
    const about = { trigger: Records?.[0]?.eventSource ?? timer ?? type, records: Records?.length };
    const tell = (end?: End<Result>): Told => {
      const { batchItemFailures = [] } = (end?.result ?? {}) as Partial<DynamoDBBatchResponse>;
      const failed = end ? batchItemFailures.length : (Records?.length ?? 1);
      return { about: { ...about, ...(failed > 0 && { failed }) }, hasFailed: failed > 0 };
    };
    const correlationId = context?.awsRequestId ?? '';
    return logged('batch', { correlationId, ...(context && { context }) }, tell, () => handle(event));
  };

interface Answered {
  readonly output: {
    readonly $metadata?: { readonly attempts?: number | undefined };
    readonly ConsumedCapacity?: Consumed | readonly Consumed[] | undefined;
  };
}
interface Consumed {
  readonly CapacityUnits?: number | undefined;
}

interface Client {
  readonly middlewareStack: { readonly add: (middleware: never, options: never) => void };
}

/** Has the work at hand remember each call of a client of AWS, and counts those to KMS that fail. */
export function watched<C extends Client>(client: C): C {
  const options = { step: 'initialize', priority: 'high', name: 'rememberCall', override: true };
  client.middlewareStack.add(rememberCall as never, options as never);
  return client;
}

interface Sent {
  readonly input: object;
}

const rememberCall =
  (next: (sent: Sent) => Promise<Answered>, { clientName = '', commandName = '' }) =>
  async (sent: Sent): Promise<Answered> => {
    const table = tablesIn(sent.input);
    // How large an answer is would tell which of all that are kept was written at that time (FB2).
    const isSized = table !== '' && !table.split(' ').includes(process.env[ENVIRONMENT.feedback] ?? '');
    const begun = realSystem.now().getTime();
    const call: Call = { operation: commandName.replace(/Command$/, ''), ...(table !== '' && { table }), begun };
    works.getStore()?.calls.push(call);
    const end = (by: Answered['output'], error?: string): void => {
      const units = unitsOf(by.ConsumedCapacity);
      call.ended = { ms: realSystem.now().getTime() - begun, attempts: by.$metadata?.attempts, units, error };
    };
    try {
      const input = isSized ? { ReturnConsumedCapacity: 'TOTAL', ...sent.input } : sent.input;
      const answer = await next({ ...sent, input });
      end(answer.output);
      return answer;
    } catch (error) {
      end(error as Answered['output'], error instanceof Error ? error.name : typeof error);
      if (clientName === 'KMSClient') count(METRICS.kmsErrors);
      throw error;
    }
  };

interface Tables {
  readonly TableName?: string;
  readonly RequestItems?: object;
  readonly TransactItems?: readonly object[];
}

/** The names of tables that a call to DynamoDB is about; none of any other. */
function tablesIn({ TableName, RequestItems = {}, TransactItems = [] }: Tables): string {
  const ofTransaction = TransactItems.flatMap((item) => Object.values(item)).map(({ TableName }: Tables) => TableName);
  return [...new Set([TableName, ...Object.keys(RequestItems), ...ofTransaction])].filter(Boolean).join(' ');
}

const unitsOf = (consumed: Consumed | readonly Consumed[] | undefined): number | undefined =>
  consumed && [consumed].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
