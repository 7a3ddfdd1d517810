import type { MailEvent, MailState } from './mail-event.schema.ts';

/** What an event says that lasts. */
export interface Said {
  readonly mail: MailState;
  readonly addresses: readonly string[];
  /** Whether SES did not even try, the address being on the account's list of those that bounced or complained. */
  readonly isSuppressed: boolean;
}

/** Nothing of a mail that left, nor of a bounce that may pass, such as a full mailbox. */
export function parseSesEvent(event: MailEvent): Said | undefined {
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

export const isByPolicy = ({
  bouncedRecipients,
}: {
  readonly bouncedRecipients: readonly { status?: string | undefined }[];
}): boolean => bouncedRecipients.every(({ status = '' }) => status.startsWith(SECURITY_OR_POLICY));

/** SES writes seconds with fractions and without: as text, they would not sort. */
export const instant = (timestamp: string): string => new Date(timestamp).toISOString();
