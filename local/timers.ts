import { TIMERS } from '../functions/manifests.ts';
import type { Functions } from './functions.ts';
import { startTimer, type TimerOptions } from './timer.ts';

const MINUTE_MS = 60_000;

/** All that is done because time passes, as deployed. */
export function startTimers(functions: Functions, log: TimerOptions['log']) {
  const timers = TIMERS.map(({ calls: name, everyMinutes, input }) => ({
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
