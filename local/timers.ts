import { TIMERS } from '../shared/contract/timers.ts';
import type { Functions } from './functions.ts';
import { startTimer, type TimerOptions } from './timer.ts';

const MINUTE_MS = 60_000;

/** All that is done because time passes, as deployed. */
export function startTimers(functions: Functions, log: TimerOptions['log']) {
  const start = ({ calls: name, everyMinutes, ...timer }: (typeof TIMERS)[keyof typeof TIMERS]) =>
    startTimer({ name, invoke: functions[name].invoke, log, everyMs: everyMinutes * MINUTE_MS, ...timer });
  const sweep = start(TIMERS.OutboxSweep);
  const dueJobs = start(TIMERS.JobTimer);
  const timers = [
    ...[sweep, dueJobs],
    ...[start(TIMERS.HousekeepingTimer), start(TIMERS.AccountTimer), start(TIMERS.CareTimer)],
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
