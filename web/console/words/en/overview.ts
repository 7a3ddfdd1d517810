import { people } from './count.ts';

/** The screen that is seen first. */
export const overview = {
  title: 'Overview',
  waiting: (count: number) => (count === 0 ? 'Waiting for a decision' : `${people(count)} waiting for a decision`),
  nobodyWaits: 'Nobody is waiting. New requests appear here.',
  all: (count: number) => `Show all ${count}`,
  counts: 'Registrations',
  seats: 'Seats',
};
