import type { Fate, MailEvent, MailFate, MailState } from './mail-event.schema.ts';

type Bounce = Extract<MailEvent, { eventType: 'Bounce' }>['bounce'];

/** What an event tells of the mail itself; nothing where SES only took it, or did not send it. */
export function fateOf(event: MailEvent): MailFate | undefined {
  switch (event.eventType) {
    case 'Send':
    case 'Reject':
    case 'Rendering Failure':
      return undefined;
    case 'Delivery':
      return { what: 'delivered', at: instant(event.delivery.timestamp) };
    case 'Complaint':
      return { what: 'complained', at: instant(event.complaint.timestamp) };
    case 'Bounce': {
      const code = codeOf(event.bounce);
      return { what: whyBounced(event.bounce), at: instant(event.bounce.timestamp), ...(code && { code }) };
    }
  }
}

function whyBounced(bounce: Bounce): Fate {
  const { bounceType, bounceSubType = '' } = bounce;
  if (bounceType !== 'Permanent') return PASSING.get(bounceSubType) ?? 'not-now';
  if (SUPPRESSED.includes(bounceSubType)) return 'suppressed';
  return isByPolicy(bounce) ? 'refused' : 'no-mailbox';
}

/** https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types */
const PASSING = new Map<string, Fate>([
  ['MailboxFull', 'mailbox-full'],
  ['MessageTooLarge', 'too-large'],
  ['ContentRejected', 'content-refused'],
  ['AttachmentRejected', 'content-refused'],
]);
const SUPPRESSED: readonly string[] = ['Suppressed', 'OnAccountSuppressionList'];

/** Servers write what they like: nothing else of it is kept. */
const codeOf = ({ bouncedRecipients: [first] }: Bounce): string | undefined =>
  first?.status?.match(/^[245]\.\d{1,3}\.\d{1,3}$/)?.[0];

/** What an event says that lasts. */
export interface SesNews {
  readonly mail: MailState;
  readonly addresses: readonly string[];
  /** Whether SES did not even try, the address being on the account's list of those that bounced or complained. */
  readonly isSuppressed: boolean;
}

/** Nothing of a mail that left, nor of a bounce that may pass, such as a full mailbox. */
export function parseSesEvent(event: MailEvent): SesNews | undefined {
  const told = tellOf(event);
  if (told === undefined) return undefined;
  const { state, at, addresses } = told;
  return {
    mail: { state, at: instant(at), sentAt: instant(event.mail.timestamp) },
    addresses,
    isSuppressed: event.eventType === 'Bounce' && event.bounce.bounceSubType === 'OnAccountSuppressionList',
  };
}

function tellOf(event: MailEvent) {
  switch (event.eventType) {
    case 'Send':
    case 'Reject':
    case 'Rendering Failure':
      return undefined;
    case 'Bounce': {
      const { bounceType, bouncedRecipients, timestamp } = event.bounce;
      const addresses = bouncedRecipients.map(({ emailAddress }) => emailAddress);
      if (bounceType !== 'Permanent') return undefined;
      return {
        state: isByPolicy(event.bounce) ? ('refused' as const) : ('bounced' as const),
        at: timestamp,
        addresses,
      };
    }
    case 'Complaint': {
      const { complainedRecipients, timestamp } = event.complaint;
      const addresses = complainedRecipients.map(({ emailAddress }) => emailAddress);
      return { state: 'complained' as const, at: timestamp, addresses };
    }
    case 'Delivery': {
      const { recipients: addresses, timestamp } = event.delivery;
      return { state: 'delivered' as const, at: timestamp, addresses };
    }
  }
}

/** RFC 3463: the mailbox may well be there. A ministry's filter must not cost all of its people their seats. */
const SECURITY_OR_POLICY = '5.7.';

const isByPolicy = ({
  bouncedRecipients,
}: {
  readonly bouncedRecipients: readonly { status?: string | undefined }[];
}): boolean => bouncedRecipients.every(({ status = '' }) => status.startsWith(SECURITY_OR_POLICY));

/** SES writes seconds with fractions and without: as text, they would not sort. */
const instant = (timestamp: string): string => new Date(timestamp).toISOString();

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
