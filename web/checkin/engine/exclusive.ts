import type { Deps } from './deps.ts';

/** Does work while no other tab of the app does the same; one after the other. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export const exclusively =
  ({ locks }: Pick<Deps, 'locks'>): Exclusively =>
  (name, work) =>
    locks === undefined ? work() : (locks.request(`plenary-checkin-${name}`, work) as ReturnType<typeof work>);
