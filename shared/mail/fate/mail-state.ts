import type { MailState } from './mail-event.schema.ts';

/**
 * What is known of the mail to an attendee or guardian after an event; nothing where it tells nothing new. Events come twice, late and in
 * any order: what is about an earlier mail than what is known counts no more. Of one mail, a bounce counts more than having been delivered,
 * for servers take mail which they send back afterwards.
 */
export function afterMailEvent(before: MailState | undefined, event: MailState): MailState | undefined {
  if (event.state === 'delivered') {
    return before !== undefined && before.state !== 'delivered' && before.sentAt < event.sentAt ? event : undefined;
  }
  if (before === undefined || before.sentAt < event.sentAt) return event;
  return before.sentAt === event.sentAt && before.state === 'delivered' ? event : undefined;
}

export const isUnreachable = (mail: MailState | undefined): boolean => mail !== undefined && mail.state !== 'delivered';

/** Whether an attendee or coordinator gets mail that they can do without: they neither stopped it nor called our mail unwanted. */
export const wantsOptional = ({ optedOut, mail }: MayOptOut): boolean => !optedOut && mail?.state !== 'complained';

interface MayOptOut {
  readonly optedOut?: true | undefined;
  readonly mail?: MailState | undefined;
}

/** Whether mail to an attendee still matters: their registration has not ended. */
export const isWrittenTo = ({ status }: Pick<Lapsing, 'status'>): boolean => LIVE.includes(status);

/** Whether an attendee is not reached by mail that matters to them: there is something to be done about it. */
export const isUnreached = (of: Pick<Lapsing, 'status' | 'mail'>): boolean => isWrittenTo(of) && isUnreachable(of.mail);

const LIVE: readonly string[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];

/** Whether an attendee has a seat, or a place in the waiting list, that others would have. */
export const holdsPlace = ({ status }: Pick<Lapsing, 'status'>): boolean =>
  status === 'confirmed' || status === 'waitlisted';

/** Milliseconds for which a seat, or a place in the waiting list, is kept for an address that does not exist. */
const LAPSES_AFTER = 72 * 60 * 60 * 1000;

/**
 * When a registration lapses at whose address nobody can be reached. An attendee who was added for a task, is a minor, or has no
 * address of their own, so that a coordinator's mailbox would end a whole delegation, is for people to decide on.
 */
export function lapsesAt({ status, role, ageBand, delegation, mail }: Lapsing): Date | undefined {
  const mayLapse =
    holdsPlace({ status }) && role === 'attendee' && ageBand === undefined && !delegation?.throughCoordinator;
  return mayLapse && mail?.state === 'bounced' ? new Date(Date.parse(mail.at) + LAPSES_AFTER) : undefined;
}

/** The part of a registration that it depends on. */
interface Lapsing {
  readonly status: string;
  readonly role: string;
  readonly ageBand?: 'minor' | undefined;
  readonly delegation?: { readonly throughCoordinator?: boolean | undefined } | undefined;
  readonly mail?: MailState | undefined;
}

/**
 * What is known of a holder's mail after an event. Whose time runs already gets no more of it by another bounce: else
 * an attendee who asks for the link again and again would keep a seat for nobody.
 */
export function markedBy(before: Lapsing, event: MailState): MailState | undefined {
  const after = afterMailEvent(before.mail, event);
  const runs = after?.state === 'bounced' && before.mail !== undefined && lapsesAt(before) !== undefined;
  return runs ? { ...after, at: before.mail.at } : after;
}
