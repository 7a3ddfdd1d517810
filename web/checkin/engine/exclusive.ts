import type { Deps } from './deps.ts';

/** Does work while no other tab of the app does the same; one after the other. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Milliseconds after which it is done beside another tab, which the browser may have put to sleep in the middle: twice is as good as once. */
const PATIENCE = 45_000;

export const exclusively =
  ({ locks, after }: Pick<Deps, 'locks' | 'after'>): Exclusively =>
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
