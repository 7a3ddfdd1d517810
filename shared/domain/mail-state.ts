/**
 * What became of the last mail to someone, as far as it matters: `bounced`, there is no such mailbox; `complained`, they
 * called it unwanted; `delivered`, a later one arrived after all.
 */
export interface MailState {
  readonly state: 'bounced' | 'complained' | 'delivered';
  /** When that was found out, ISO 8601. */
  readonly at: string;
  /** When the mail that it is about was sent, ISO 8601: what comes late is told apart by it. */
  readonly sentAt: string;
}

/**
 * What is known of someone's mail after an event; nothing where it tells nothing new. Events come twice, late and in any
 * order: what is about an earlier mail than what is known counts no more. Of one mail, a bounce counts more than having
 * been delivered, for servers take mail which they send back afterwards.
 */
export function afterMailEvent(before: MailState | undefined, event: MailState): MailState | undefined {
  if (event.state === 'delivered') {
    return before !== undefined && before.state !== 'delivered' && before.sentAt < event.sentAt ? event : undefined;
  }
  if (before === undefined || before.sentAt < event.sentAt) return event;
  return before.sentAt === event.sentAt && before.state === 'delivered' ? event : undefined;
}

export const isUnreachable = (mail: MailState | undefined): boolean =>
  mail?.state === 'bounced' || mail?.state === 'complained';

/** Milliseconds for which a seat, or a place in the waiting list, is kept for an address that does not exist. */
const LAPSES_AFTER = 72 * 60 * 60 * 1000;

/** When a registration lapses whose last mail bounced. Whoever was added for a task, or is under 18, is for people to decide on. */
export function lapsesAt({ status, role, ageBand, mail }: Lapsing): Date | undefined {
  const mayLapse = (status === 'confirmed' || status === 'waitlisted') && role === 'attendee' && ageBand === undefined;
  return mayLapse && mail?.state === 'bounced' ? new Date(Date.parse(mail.at) + LAPSES_AFTER) : undefined;
}

/** The part of a registration that it depends on. */
interface Lapsing {
  readonly status: string;
  readonly role: string;
  readonly ageBand?: 'minor' | undefined;
  readonly mail?: MailState | undefined;
}
