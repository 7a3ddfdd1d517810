/*
 * The canary: a scheduled function that registers someone who is made up, waits until SES says that the mail arrived, erases them, and scans a
 * ticket, in an event of its own which is in no list, number or mail. Its id is that of no other event: a definition that has it is refused.
 */

export const CANARY_EVENT = 'plenary-canary';

/** The one address that its event takes: SES's mailbox simulator takes each mail to it, and says so. */
export const CANARY_ADDRESS = 'success@simulator.amazonses.com';

/** 8 Crockford characters: the phone that it scans with. */
export const CANARY_DEVICE = 'CANARY00';

/** A list for each day of the week, from Sunday on: a ticket passes one so often and no more, and what was scanned a week ago is forgotten. */
export const CANARY_LISTS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Seconds for which what it scans is kept. */
export const CANARY_SCANS_KEPT = 2 * 24 * 60 * 60;

export const isCanary = (eventId: string): boolean => eventId === CANARY_EVENT;

/** Whether an event takes registrations of an address. */
export const takesAddress = (eventId: string, address: string | undefined): boolean =>
  !isCanary(eventId) || address?.toLowerCase() === CANARY_ADDRESS;

/** What the command line made for it: parameters of Systems Manager, by what is in them. */
export const CANARY_PARAMETERS = ['device', 'ticket', 'secret'] as const;
export type CanaryKeys = Readonly<Record<(typeof CANARY_PARAMETERS)[number], string>>;

/** What their names begin with. @param stage the name that all stacks begin with */
export const canaryParameters = (stage: string): string => `/${stage}/canary`;
