import { performance } from 'node:perf_hooks';

export interface Pace {
  /** Done in a second. */
  readonly perSecond: number;
  /** Milliseconds that each took. */
  readonly durations: readonly number[];
}

/** Does a numbered task `count` times, always `atOnce` of them together. */
export async function measurePace(
  count: number,
  atOnce: number,
  task: (number: number) => Promise<unknown>,
): Promise<Pace> {
  const durations: number[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    while (next < count) {
      const number = next;
      next += 1;
      const start = performance.now();
      await task(number);
      durations.push(performance.now() - start);
    }
  }
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { perSecond: count / ((performance.now() - start) / 1000), durations };
}
