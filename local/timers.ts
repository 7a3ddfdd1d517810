import { TIMERS } from '../shared/contract/timers.ts';
import type { Functions } from './functions.ts';
import type { Stoppable } from './running-parts.ts';
import { startTimer } from './timer.ts';

const MINUTE = 60_000;

/** All that is done because time passes, as deployed. */
export const startTimers = (functions: Functions, log: (line: string) => void): readonly Stoppable[] =>
  Object.values(TIMERS).map(({ calls: name, everyMinutes, ...timer }) => {
    const { invoke } = functions[name];
    return startTimer({ name, invoke, log, everyMs: everyMinutes * MINUTE, ...timer });
  });
