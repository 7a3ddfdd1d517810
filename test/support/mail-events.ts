/** Of which mail an event tells, and what. */
export interface About {
  readonly outboxId?: string;
  readonly to: string;
  /** When the mail was sent, ISO 8601. */
  readonly sentAt: string;
  /** When it was found out, ISO 8601; a second later when absent. */
  readonly at?: string;
  /** SES's id of the mail. */
  readonly messageId?: string;
}

const later = (instant: string): string => new Date(Date.parse(instant) + 1000).toISOString();

const SOME_ID = '010e018c5f2f7a1b-3f8a7c2e-0000-4000-8000-000000000000-000000';

/** An event as SES puts it on the default bus: the documented examples, with addresses of nobody. */
const event = (
  name: string,
  eventType: string,
  told: object,
  { outboxId, to, sentAt, at, messageId = SOME_ID }: About,
) => ({
  version: '0',
  id: '12a18625-3cba-fe72-4b6f-4a2b3c1d0e5f',
  'detail-type': name,
  source: 'aws.ses',
  account: '111122223333',
  time: at ?? later(sentAt),
  region: 'ap-southeast-1',
  resources: ['arn:aws:ses:ap-southeast-1:111122223333:configuration-set/plenary'],
  detail: {
    eventType,
    [eventType.toLowerCase()]: told,
    mail: {
      timestamp: sentAt,
      source: 'Forum <forum@mail.test>',
      sourceArn: 'arn:aws:ses:ap-southeast-1:111122223333:identity/mail.test',
      sendingAccountId: '111122223333',
      messageId,
      destination: [to],
      headersTruncated: false,
      headers: [{ name: 'Subject', value: 'You are registered' }],
      commonHeaders: { from: ['Forum <forum@mail.test>'], to: [to], subject: 'You are registered' },
      tags: {
        'ses:operation': ['SendRawEmail'],
        'ses:configuration-set': ['plenary'],
        'ses:source-ip': ['192.0.2.1'],
        'ses:from-domain': ['mail.test'],
        'ses:caller-identity': ['Plenary-Api-Outbox'],
        ...(outboxId !== undefined && { outboxId: [outboxId] }),
      },
    },
  },
});

export const sent = (about: About) => event('Email Sent', 'Send', {}, about);
export const rejected = (about: About) => event('Email Rejected', 'Reject', { reason: 'Bad content' }, about);

export function bounce(about: About, bounceType = 'Permanent', bounceSubType = 'General', status = '5.1.1') {
  const told = {
    feedbackId: '010e018c5f2f7f3c-1e2d3c4b-0000-4000-8000-000000000000-000000',
    bounceType,
    bounceSubType,
    bouncedRecipients: [
      { emailAddress: about.to, action: 'failed', status, diagnosticCode: `smtp; 550 ${status} not accepted` },
    ],
    timestamp: about.at ?? later(about.sentAt),
    reportingMTA: 'dns; e226-5.smtp-out.ap-southeast-1.amazonses.com',
  };
  return event('Email Bounced', 'Bounce', told, about);
}

export function complaint(about: About) {
  const told = {
    feedbackId: '010e018c5f2f7f3c-2e2d3c4b-0000-4000-8000-000000000000-000000',
    complaintSubType: null,
    complainedRecipients: [{ emailAddress: about.to }],
    timestamp: about.at ?? later(about.sentAt),
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: about.at ?? later(about.sentAt),
  };
  return event('Email Complaint Received', 'Complaint', told, about);
}

export function delivery(about: About) {
  const told = {
    timestamp: about.at ?? later(about.sentAt),
    processingTimeMillis: 812,
    recipients: [about.to],
    smtpResponse: '250 2.6.0 Message received',
    remoteMtaIp: '192.0.2.2',
    reportingMTA: 'e226-5.smtp-out.ap-southeast-1.amazonses.com',
  };
  return event('Email Delivered', 'Delivery', told, about);
}
