import { people } from './count.ts';

const seats = (count: number): string => (count === 1 ? '1 seat' : `${count} seats`);

/** Seats that nobody has said are theirs. */
export const unprovenSeats = {
  title: 'Seats that nobody has confirmed',
  count: (count: number, waiting: number) =>
    `${seats(count)}: nobody pressed “Yes, this is me” in a mail to the address, and no person vouches. ${people(waiting)} who did ${waiting === 1 ? 'waits' : 'wait'} for a seat.`,
  rule: {
    proposed: (within: string) =>
      `After ${within}, counted from the first mail that arrived, such seats are proposed here while people who confirmed wait. None goes by itself unless the event is under attack.`,
    automatic: (within: string) =>
      `After ${within}, counted from the first mail that arrived, such seats go by themselves to people who confirmed and wait.`,
  },
  tooLate: 'In the last 72 hours before the event no seat is released.',
  passedOver: (count: number) =>
    count === 1
      ? '1 person waits who has not confirmed: they keep their place, and are passed over until they do.'
      : `${count} people wait who have not confirmed: they keep their places, and are passed over until they do.`,
  proposed: 'May go to people who wait',
  came: (seatCount: number, when: string) => `${seats(seatCount)}, registered at ${when}`,
  crowded: 'Unusually many of one domain',
  ofDomain: (seatCount: number) => `${seats(seatCount)} not confirmed`,
  release: (seatCount: number) => `Release ${seats(seatCount)}`,
  releaseAll: (seatCount: number) => `Release all ${seatCount} proposed seats`,
  releaseDomain: (seatCount: number, domain: string) => `End ${seatCount} of ${domain}`,
  done: (groups: number) => (groups === 1 ? 'The seats are being released.' : `${groups} groups are being released.`),
  follows:
    'Each holder is mailed. Whoever presses later stands first among those who wait. People under 18, chaperones and people with a task are never among them.',
  unreached: (count: number) =>
    `Mail does not reach ${people(count)} of them: ${count === 1 ? 'the seat stays' : 'their seats stay'}. Open ${count === 1 ? 'it' : 'each'} and correct the address.`,
};
