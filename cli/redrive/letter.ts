/** What a dead letter is about. */
export type Letter =
  /** A place in the stream; what stood there was written before that time (epoch milliseconds). */
  | { readonly about: 'stream'; readonly until: number }
  /** What SES tells of a mail. */
  | { readonly about: 'mail-event'; readonly event: unknown }
  /** A call of a timer: the next one has done its work. */
  | { readonly about: 'timer' }
  | { readonly about: 'unknown' };

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a letter in any of the forms in which AWS writes it: what an event source mapping gave up, what a function failed
 * on to the last (around `requestPayload`), and what a rule could not hand over (the event itself).
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/rule-dlq.html
 */
export function readLetter(body: string): Letter {
  const letter = parse(body);
  const batch = letter?.['DDBStreamBatchInfo'] as Json | undefined;
  if (batch) {
    const until = Date.parse(String(batch['approximateArrivalOfLastRecord']));
    return Number.isNaN(until) ? { about: 'unknown' } : { about: 'stream', until };
  }
  const event = (letter?.['requestPayload'] ?? letter) as Json | undefined;
  if (event?.['source'] === 'aws.ses') return { about: 'mail-event', event };
  if (isTimerCall(event)) return { about: 'timer' };
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
