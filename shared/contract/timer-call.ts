/**
 * Whether a timer would send this: the input that it was given, else EventBridge's own event, which is also what it may write of a call
 * that it could not make. One of a former version counts, too.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 */
export function isTimerCall(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  return ('timer' in event && typeof event.timer === 'string') || ('source' in event && event.source === 'aws.events');
}
