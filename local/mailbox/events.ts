import { randomUUID } from 'node:crypto';
import { LOCAL_AWS } from '../aws.ts';
import type { KeptEnvelope } from './store.ts';

/** How EventBridge calls each of SES's events. */
const NAMES = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
} as const;
type EventType = keyof typeof NAMES;

/**
 * What SES publishes of a message that it accepted. Addresses of its mailbox simulator bounce and complain, as they do when
 * deployed: `bounce@simulator.amazonses.com`, also with a label, `suppressionlist@…` and `complaint@…`; all others get their mail.
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
 */
export function eventsOf(envelope: KeptEnvelope, at: Date): readonly Record<string, unknown>[] {
  if (envelope.configurationSet === undefined) return [];
  const timestamp = at.toISOString();
  const of = (type: EventType, detail: object) => eventOf(type, envelope, timestamp, detail);
  const recipients = envelope.destinations.map((emailAddress) => ({ emailAddress }));
  const bounced = recipients.filter(({ emailAddress }) => SIMULATED.bounce.test(emailAddress));
  const suppressed = recipients.filter(({ emailAddress }) => SIMULATED.suppressed.test(emailAddress));
  const complaining = recipients.filter(({ emailAddress }) => SIMULATED.complaint.test(emailAddress));
  const isDelivered = (address: string): boolean =>
    !SIMULATED.bounce.test(address) && !SIMULATED.suppressed.test(address);
  const delivered = envelope.destinations.filter(isDelivered);
  return [
    of('Send', {}),
    ...(delivered.length > 0 ? [of('Delivery', { timestamp, recipients: delivered, ...DELIVERED })] : []),
    ...(bounced.length > 0 ? [of('Bounce', { ...BOUNCED, timestamp, bouncedRecipients: bounced.map(failed) })] : []),
    ...(suppressed.length > 0
      ? [
          of('Bounce', {
            ...BOUNCED,
            bounceSubType: 'Suppressed',
            timestamp,
            bouncedRecipients: suppressed.map(failed),
          }),
        ]
      : []),
    ...(complaining.length > 0
      ? [of('Complaint', { timestamp, ...COMPLAINED, complainedRecipients: complaining })]
      : []),
  ];
}

const SIMULATED = {
  bounce: /^bounce(\+[^@]*)?@simulator\.amazonses\.com$/i,
  suppressed: /^suppressionlist(\+[^@]*)?@simulator\.amazonses\.com$/i,
  complaint: /^complaint(\+[^@]*)?@simulator\.amazonses\.com$/i,
};

const DELIVERED = { processingTimeMillis: 12, smtpResponse: '250 2.6.0 Message received', reportingMTA: 'local' };
const BOUNCED = { feedbackId: 'local', bounceType: 'Permanent', bounceSubType: 'General', reportingMTA: 'dns; local' };
const COMPLAINED = { feedbackId: 'local', complaintSubType: null };
const failed = ({ emailAddress }: { readonly emailAddress: string }) => ({
  emailAddress,
  action: 'failed',
  status: '5.1.1',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
});

function eventOf(eventType: EventType, envelope: KeptEnvelope, time: string, told: object): Record<string, unknown> {
  const tags = Object.entries({ ...envelope.tags, 'ses:configuration-set': envelope.configurationSet });
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': NAMES[eventType],
    source: 'aws.ses',
    account: '000000000000',
    time,
    region: LOCAL_AWS.region,
    resources: [],
    detail: {
      eventType,
      [eventType.toLowerCase()]: told,
      mail: {
        timestamp: envelope.receivedAt,
        source: envelope.from,
        messageId: envelope.id,
        destination: envelope.destinations,
        tags: Object.fromEntries(tags.map(([name, value]) => [name, [value]])),
      },
    },
  };
}
