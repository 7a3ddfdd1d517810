import type { BrowserDeps } from './deps.ts';

/** Runs work one at a time: those who ask while it runs share one more run that begins after it. */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}

/** Runs what it is given one after the other, in the order in which it came. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Does work while no other tab of the app does the same; one after the other. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Milliseconds after which it is done beside another tab, which the browser may have put to sleep in the middle: twice is as good as once. */
const PATIENCE = 45_000;

export const exclusively =
  ({ locks, after }: Pick<BrowserDeps, 'locks' | 'after'>): Exclusively =>
  async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (locks === undefined) return work();
    const waiting = new AbortController();
    const callOff = after(PATIENCE, () => waiting.abort());
    let isBegun = false;
    const begin = (): Promise<T> => {
      isBegun = true;
      callOff();
      return work();
    };
    try {
      return await locks.request(`plenary-checkin-${name}`, { signal: waiting.signal }, begin);
    } catch (error) {
      if (isBegun) throw error;
      return begin();
    }
  };
