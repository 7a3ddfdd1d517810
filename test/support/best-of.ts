import { performance } from 'node:perf_hooks';

/** Milliseconds of the processor for which it is looked how long they take. */
const SAMPLE_MS = 10;

/**
 * How many times longer than where it is alone this process takes for anything just now: its time on the clock by its time on a
 * processor. 1 on a machine that does nothing else.
 */
export function slowdown(): number {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    const spent = (user + system) / 1000;
    if (spent >= SAMPLE_MS) return Math.max(1, (performance.now() - begun) / spent);
  }
}

/** Milliseconds that something takes, as where nothing else runs: what the clock says, by how much slower the machine is meanwhile. */
export async function unloaded(measure: () => Promise<number>): Promise<number> {
  const before = slowdown();
  const took = await measure();
  return took / ((before + slowdown()) / 2);
}

/**
 * Measures again until it is within the limit: what else is done meanwhile only adds to it.
 *
 * @returns the first measure that is within the limit, else the least
 */
export async function leastOf(measure: () => Promise<number>, limit: number, most = 12): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < most && least > limit; attempt += 1) least = Math.min(least, await measure());
  return least;
}

/** The same of milliseconds on the clock, as where nothing else runs. */
export const bestOf = (measure: () => Promise<number>, limit: number, most?: number): Promise<number> =>
  leastOf(() => unloaded(measure), limit, most);

/** The value that so many parts of a hundred do not exceed. */
export const percentile = (values: readonly number[], percent: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1] ?? Number.NaN;
