import type { FunctionName } from '../env.ts';

/** A call that is made again and again. It is not repeated where it fails: the next one does its work. */
interface Timer {
  readonly calls: FunctionName;
  readonly everyMinutes: number;
  /** What the function is told so that it does one thing, and nothing else. */
  readonly input?: TimerInput;
}

interface TimerInput {
  readonly timer: string;
}

export const LOOK_AT_ACCOUNT = { timer: 'ses-account' } as const;
export const DO_DUE_JOBS = { timer: 'due-jobs' } as const;
/** To the only function that reads `Care`: how long that is kept, and what guardians are told, follows events. */
export const FOLLOW_EVENTS = { timer: 'follow-events' } as const;

/** All timers, by their names in the template. */
export const TIMERS = {
  /** Long enough to cost little, short enough for a ticket whose mail was put off. */
  OutboxSweep: { calls: 'outbox', everyMinutes: 1 },
  /** What becomes due otherwise is counted in days, but a digest of eight o'clock should not come at nine. */
  HousekeepingTimer: { calls: 'housekeeping', everyMinutes: 15 },
  /** What changed is told ten minutes later: not twenty. */
  JobTimer: { calls: 'housekeeping', everyMinutes: 1, input: DO_DUE_JOBS },
  /** Soon enough for whoever waits for SES to let go of the account; SES answers as often as once a second. */
  AccountTimer: { calls: 'housekeeping', everyMinutes: 5, input: LOOK_AT_ACCOUNT },
  /** Guardians hear of a change little later than everyone else, and what is kept of them follows it. */
  CareTimer: { calls: 'care', everyMinutes: 5, input: FOLLOW_EVENTS },
} as const satisfies Readonly<Record<string, Timer>>;

type AnyTimer = (typeof TIMERS)[keyof typeof TIMERS];

/** What timers tell a function. */
export type TimerInputOf<Name extends FunctionName> = Extract<
  AnyTimer,
  { readonly calls: Name; readonly input: TimerInput }
>['input'];

/**
 * Whether a timer would send this: the input that it was given, else EventBridge's own event, which is also what it may write of a call
 * that it could not make. One of a former version counts, too.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 */
export function isTimerCall(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  return ('timer' in event && typeof event.timer === 'string') || ('source' in event && event.source === 'aws.events');
}
