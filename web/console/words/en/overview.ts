import { people } from './count.ts';

/** The screen that is seen first. */
export const overview = {
  title: 'Overview',
  waiting: (count: number) => (count === 0 ? 'Waiting for a decision' : `${people(count)} waiting for a decision`),
  overdue: (count: number) =>
    count === 1
      ? '1 person has waited longer than they were told'
      : `${count} people have waited longer than they were told`,
  unreached: (count: number) => (count === 1 ? 'Mail does not reach 1 person' : `Mail does not reach ${count} people`),
  nobodyReads:
    'Nobody of safeguarding may read reports about a child: they reach the deputy alone. Invite somebody under Team.',
  nobodyReadsAboutOrganisers:
    'No member is a deputy: nobody may read reports about organisers, and they wait. Invite somebody outside the secretariat under Team.',
  unopenedReport: (instant: string) =>
    `A report has not been opened for 4 hours: it came on ${instant}. You cannot read it. Please call those who look after children, and the deputy.`,
  follows: 'Approving mails them and takes a seat, or puts them on the waiting list. Declining mails them too.',
  nobodyWaits: 'Nobody is waiting for a decision. New requests appear here.',
  all: (count: number) => `Show all ${count}`,
  counts: 'Registrations',
  seats: 'Seats',
  changeSeats: 'Change seats',
  changeWindow: 'Open or close registration',
};
