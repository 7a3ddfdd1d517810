import { count, number, people } from './count.ts';

const seatsIn = (howMany: number): string => count(howMany, 'seat', 'seats');
const waits = (waiting: number): string => (waiting === 0 ? '' : ` ${people(waiting)} on the waiting list.`);
const perGroup =
  (each: string, groups: (number: number) => string) =>
  (capacity: number, taken: number, having: number, waiting: number): string =>
    `${seatsIn(capacity)} for each ${each}. ${number(taken)} taken by ${groups(having)}.${waits(waiting)}`;
const organisations = (howMany: number): string => count(howMany, 'organisation', 'organisations');
const countries = (howMany: number): string => count(howMany, 'country', 'countries');

/** How full each quota is. */
export const seats = {
  title: 'Seats',
  explain:
    'Everyone needs a seat in each quota that concerns them. When seats are added or given back, whoever has waited longest moves up within seconds and gets a mail.',
  none: 'This event has no quotas: everyone gets a seat.',
  again: 'Read the numbers again',
  readAgain: 'These are the numbers now.',
  taken: 'Taken',
  waiting: 'Waiting',
  of: (taken: number, capacity: number) => `${number(taken)} of ${number(capacity)}`,
  state: (taken: number, capacity: number, waiting: number) =>
    `${number(taken)} of ${seatsIn(capacity)} taken, ${number(Math.max(capacity - taken, 0))} free.${waits(waiting)}`,
  perGroup: { organisation: perGroup('organisation', organisations), country: perGroup('country', countries) },
  showGroups: {
    organisation: (howMany: number) => `Show ${organisations(howMany)}`,
    country: (howMany: number) => `Show ${countries(howMany)}`,
  },
  group: { organisation: 'Organisation', country: 'Country' },
  unnamed: 'Young people whom you do not see',
  over: (by: number) =>
    `${number(by)} over: nobody loses a seat, and no new seats are given until ${people(by + 1)} cancelled or there are more seats.`,
  groupsOver: (names: readonly string[]) =>
    `More are taken than there are: ${names.join(', ')}. Nobody loses a seat; no new ones are given there.`,
  change: 'Change seats',
  capacity: 'Number of seats',
  capacityPer: { organisation: 'Seats for each organisation', country: 'Seats for each country' },
  follows:
    'More seats: those who have waited longest move up and get a mail. Fewer: nobody loses a seat, and no new ones are given until enough people have cancelled.',
  save: 'Save',
  changed: (quota: string, now: number, before: number) =>
    now > before
      ? `${quota}: ${seatsIn(now)} now. Whoever waits moves up within seconds and gets a mail.`
      : `${quota}: ${seatsIn(now)} now. Nobody loses a seat.`,
  changedMeanwhile:
    'Someone else changed the event meanwhile, and nothing was saved. These are the numbers now; what you typed is still here.',
};
