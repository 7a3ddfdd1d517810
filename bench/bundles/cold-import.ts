import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LOCAL_AWS_ENVIRONMENT } from '../../local/aws.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { median } from '../statistics.ts';

export interface Bundle {
  readonly file: string;
  /** The highest ratio that will do. */
  readonly budget: number;
}

/** Imports of each bundle in one set. */
const ROUNDS = 11;
/**
 * Other work on the machine makes single imports slower, by chance more of one bundle than of another: a set that
 * is over a budget is repeated, and each bundle's lowest ratio counts. A bundle that is too slow stays so.
 */
const MOST_SETS = 3;

/** How much longer each bundle takes to import than the yardstick, every time in a fresh process of this Node. */
export async function importRatios(yardstick: string, bundles: readonly Bundle[]): Promise<number[]> {
  let lowest = bundles.map(() => Number.POSITIVE_INFINITY);
  for (let set = 1; set <= MOST_SETS && bundles.some(({ budget }, at) => (lowest[at] ?? 0) > budget); set += 1) {
    const [unit = 0, ...times] = await medianTimes([yardstick, ...bundles.map(({ file }) => file)]);
    lowest = lowest.map((before, at) => Math.min(before, (times[at] ?? 0) / unit));
  }
  return lowest;
}

/** Takes turns, so that a slow second of the machine falls on all files alike, each beside as many others as there are processors. */
async function medianTimes(files: readonly string[]): Promise<number[]> {
  const times = files.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    const waiting = files.entries();
    const importWaiting = async () => {
      for (const [at, file] of waiting) {
        const time = await importOnce(file);
        // The first round brings the files into memory.
        if (round > 0) times[at]?.push(time);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, importWaiting));
  }
  return times.map(median);
}

async function importOnce(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [IMPORT_ONCE, file], { env: FUNCTION_LIKE });
  return Number(stdout);
}

const IMPORT_ONCE = fileURLToPath(new URL('import-once.mjs', import.meta.url));
const FUNCTION_LIKE = {
  ...LOCAL_AWS_ENVIRONMENT,
  ...Object.fromEntries(Object.values(ENVIRONMENT).map((name) => [name, 'any'])),
};
