import type { TransactItem } from '../../shared/kernel/dynamo/transact.store.ts';
import type { Forgotten, ForgottenStore } from '../../shared/mail/outbox/forgotten.store.ts';
import type { Queue } from './queue.ts';

/** What a dead letter is about. */
export type DeadLetter =
  /** A place in the stream; what stood there was written before that time (epoch milliseconds). */
  | { readonly about: 'stream'; readonly until: number }
  /** What SES tells of a mail. */
  | { readonly about: 'mail-event'; readonly event: unknown }
  /** A call of a timer, or at the time of a job: a later one has done its work. */
  | { readonly about: 'timer' }
  | { readonly about: 'unknown' };

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a letter in any of the forms in which AWS writes it: what an event source mapping gave up, what a function failed
 * on to the last (around `requestPayload`), and what a rule or a queue could not hand over (the event, the message itself).
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/rule-dlq.html
 */
export function readLetter(body: string): DeadLetter {
  const letter = parse(body);
  const batch = letter?.['DDBStreamBatchInfo'] as Json | undefined;
  if (batch) {
    const until = Date.parse(String(batch['approximateArrivalOfLastRecord']));
    return Number.isNaN(until) ? { about: 'unknown' } : { about: 'stream', until };
  }
  const event = (letter?.['requestPayload'] ?? letter) as Json | undefined;
  if (event?.['source'] === 'aws.ses') return { about: 'mail-event', event };
  if (isTimerCall(event) || typeof letter?.['jobId'] === 'string') return { about: 'timer' };
  return { about: 'unknown' };
}

function parse(body: string): Json | undefined {
  try {
    const value = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a timer would send this: the input that it was given, else EventBridge's own event, which is also what it may write of a call
 * that it could not make. One of a former version counts, too.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 */
function isTimerCall(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  return ('timer' in event && typeof event.timer === 'string') || ('source' in event && event.source === 'aws.events');
}

export interface RedriveDeps {
  readonly forgotten: ForgottenStore;
  /** What owners of an event see of it; nothing where there is no such event any more. */
  readonly noteFor: (eventId: string) => Promise<TransactItem | undefined>;
  /** Wakes it and notes that, both or neither. @returns whether it was still forgotten */
  readonly wakeNoted: (forgotten: Forgotten, now: Date, note: TransactItem) => Promise<boolean>;
  readonly queue: Queue;
  /** Has `mail-events` note what SES told. @throws where it does not */
  readonly noteMailEvent: (event: unknown) => Promise<void>;
  readonly now: () => Date;
}

export interface Redriven {
  readonly messages: number;
  readonly jobs: number;
  readonly mailEvents: number;
  /** Letters about the stream or a timer, of which nothing is left to do. */
  readonly emptied: number;
  /** Letters that stay: about how many, and what was the matter with those that were looked at. */
  readonly left: number;
  readonly failures: readonly string[];
}

/** Milliseconds after which what nobody began is forgotten: the stream is late by less. */
const FORGOTTEN_AFTER = 5 * 60 * 1000;

/** What would be redriven: nothing is changed. */
export async function lookForForgotten({ forgotten, queue, now }: RedriveDeps): Promise<Redriven> {
  const found = { message: 0, job: 0 };
  for await (const { what } of forgotten.find(new Date(now().getTime() - FORGOTTEN_AFTER))) found[what] += 1;
  return {
    ...{ messages: found.message, jobs: found.job, mailEvents: 0, emptied: 0, failures: [] },
    left: await queue.count(),
  };
}

/**
 * Gives everything that was given up another chance. Each step is conditional or can be done twice, so that this may be
 * repeated, interrupted, or run by two at once.
 */
export async function redrive(deps: RedriveDeps): Promise<Redriven> {
  const { forgotten, queue, noteMailEvent, now } = deps;
  const before = new Date(now().getTime() - FORGOTTEN_AFTER);
  const woken = { message: 0, job: 0 };
  const wake = waker(deps);
  for await (const each of forgotten.find(before)) if (await wake(each)) woken[each.what] += 1;

  let mailEvents = 0;
  let emptied = 0;
  const failures: string[] = [];
  await queue.each(async (body) => {
    const letter = readLetter(body);
    // What stood there was looked for just now, unless it is too young to be called forgotten.
    const isDone = letter.about === 'timer' || (letter.about === 'stream' && letter.until < before.getTime());
    if (isDone) emptied += 1;
    if (isDone || letter.about !== 'mail-event') {
      if (letter.about === 'unknown') failures.push('a letter of an unknown form');
      return isDone;
    }
    try {
      await noteMailEvent(letter.event);
      mailEvents += 1;
      return true;
    } catch (error) {
      failures.push(`an event of SES: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  });
  return { messages: woken.message, jobs: woken.job, mailEvents, emptied, left: await queue.count(), failures };
}

/** Wakes one after another, and notes it once for each event, with the first of its messages and jobs that is woken. */
function waker({ forgotten, noteFor, wakeNoted, now }: RedriveDeps): (each: Forgotten) => Promise<boolean> {
  const noted = new Set<string>();
  return async (each) => {
    const note = noted.has(each.eventId) ? undefined : await noteFor(each.eventId);
    if (note === undefined) {
      noted.add(each.eventId);
      return await forgotten.wake(each, now());
    }
    const isWoken = await wakeNoted(each, now(), note);
    if (isWoken) noted.add(each.eventId);
    return isWoken;
  };
}
