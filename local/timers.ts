import { DO_DUE_JOBS, FOLLOW_EVENTS, LOOK_AT_ACCOUNT } from '../shared/contract/timers.ts';
import type { Functions } from './functions.ts';
import { startTimer } from './timer.ts';

/** As deployed: a test compares them with the template. */
export const SWEEP_MS = 60_000;
export const HOUSEKEEPING_MS = 900_000;
export const DUE_JOBS_MS = 60_000;
export const ACCOUNT_LOOK_MS = 300_000;
export const CARE_MS = 300_000;

/** All that is done because time passes. */
export function startTimers(functions: Functions, log: (line: string) => void) {
  const outbox = { name: 'outbox', invoke: functions.outbox.invoke, log };
  const housekeeping = { name: 'housekeeping', invoke: functions.housekeeping.invoke, log };
  const care = { name: 'care', invoke: functions.care.invoke, log };
  const sweep = startTimer({ ...outbox, everyMs: SWEEP_MS });
  const dueJobs = startTimer({ ...housekeeping, everyMs: DUE_JOBS_MS, input: DO_DUE_JOBS });
  const timers = [
    sweep,
    dueJobs,
    startTimer({ ...housekeeping, everyMs: HOUSEKEEPING_MS }),
    startTimer({ ...housekeeping, everyMs: ACCOUNT_LOOK_MS, input: LOOK_AT_ACCOUNT }),
    startTimer({ ...care, everyMs: CARE_MS, input: FOLLOW_EVENTS }),
  ];
  return {
    /** Does what is due, mail and jobs, and then runs something while nothing is done because time passes. */
    async hold<T>(during: () => Promise<T>): Promise<T> {
      await Promise.all(timers.map((timer) => timer.hold()));
      try {
        await Promise.all([sweep.fire(), dueJobs.fire()]);
        return await during();
      } finally {
        for (const timer of timers) timer.release();
      }
    },
    stop: () => Promise.all(timers.map((timer) => timer.stop())),
  };
}
