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
