import { TIMERS } from '../functions/manifests.ts';
import type { Functions } from './functions.ts';

interface TimerOptions {
  /** Of the function, for the log. */
  readonly name: string;
  readonly everyMs: number;
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly log: (line: string) => void;
  /** What the function is told, where it does several things: from the start, and not first when the time has passed once. */
  readonly input?: object;
}

/** EventBridge's schedule: calls a function again and again; a call that fails is not repeated. */
function startTimer({ name, everyMs, invoke, log, input }: TimerOptions) {
  let call: Promise<unknown> = Promise.resolve();
  let isHeld = false;
  const fire = (): Promise<unknown> => {
    call = invoke(input ?? scheduledEvent(new Date())).catch((error) => log(`The timer of ${name} failed: ${error}`));
    return call;
  };
  if (input) void fire();
  const timer = setInterval(() => {
    if (!isHeld) void fire();
  }, everyMs);
  return {
    /** Calls the function as if the time had passed once more. */
    fire,
    /** Waits for the call in hand; from then on no time passes for it. */
    hold: async () => {
      isHeld = true;
      await call;
    },
    release: () => {
      isHeld = false;
    },
    /** Waits for the call in hand. */
    stop: async () => {
      clearInterval(timer);
      await call;
    },
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const scheduledEvent = (at: Date) => ({
  version: '0',
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  time: at.toISOString(),
  resources: [],
  detail: {},
});

const MINUTE_MS = 60_000;

/** All that is done because time passes, as deployed. */
export function startTimers(functions: Functions, log: TimerOptions['log']) {
  // The canary tries what is deployed, with keys that are in AWS.
  const timers = TIMERS.filter(({ calls }) => calls !== 'canary').map(({ calls: name, everyMinutes, input }) => ({
    everyMinutes,
    timer: startTimer({
      name,
      invoke: functions[name].invoke,
      log,
      everyMs: everyMinutes * MINUTE_MS,
      ...(input && { input }),
    }),
  }));
  return {
    /** Does what is done every minute, mail and jobs that are due, and then runs something while nothing is done because time passes. */
    async hold<T>(during: () => Promise<T>): Promise<T> {
      await Promise.all(timers.map(({ timer }) => timer.hold()));
      try {
        await Promise.all(timers.filter(({ everyMinutes }) => everyMinutes === 1).map(({ timer }) => timer.fire()));
        return await during();
      } finally {
        for (const { timer } of timers) timer.release();
      }
    },
    stop: () => Promise.all(timers.map(({ timer }) => timer.stop())),
  };
}
