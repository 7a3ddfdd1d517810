import type { MailEvent } from './mail-event.schema.ts';
import type { Fate, MailFate } from './mail-fate.ts';
import { instant, isByPolicy } from './parse-ses-event.ts';

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
