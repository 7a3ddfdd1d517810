import { randomUUID } from 'node:crypto';
import { type AddressObject, type EmailAddress, simpleParser } from 'mailparser';
import { LOCAL_AWS } from '../aws.ts';
import type { SendingAccount } from './quota.ts';
import { type SesAnswer, sesErrorAnswer } from './ses-answer.ts';
import type { KeptEnvelope, MailboxStore } from './store.ts';

export interface SendRawEmailDeps {
  readonly store: MailboxStore;
  /** Gets each event that SES would publish of a message. */
  readonly publish: (event: Readonly<Record<string, unknown>>) => void;
  /** Whether one more mail is within the account's quota. */
  readonly mayLeave: (now: number) => 'ok' | 'too-fast' | 'too-many';
  readonly account: Pick<SendingAccount, 'unverified'>;
  /** Has the emulator judge the request and give it a message id. */
  readonly judge: (raw: Buffer) => Promise<SesAnswer>;
}

/**
 * https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html
 * A message is on disk before its sender hears that it was accepted.
 */
export async function sendRawEmail(parameters: URLSearchParams, deps: SendRawEmailDeps): Promise<SesAnswer> {
  const raw = Buffer.from(parameters.get('RawMessage.Data') ?? '', 'base64');
  const headers = await readHeaders(raw);
  const named = members(parameters, 'Destinations');
  const destinations = named.length > 0 ? named : headers.recipients;
  const tags = tagsOf(parameters);
  const refusal = whyRefused(destinations, tags);
  if (refusal !== undefined) return sesErrorAnswer(400, 'InvalidParameterValue', refusal);

  const from = addressIn(headers.from || (parameters.get('Source') ?? ''));
  const unverified = deps.account.unverified(from, destinations.map(addressIn));
  if (unverified.length > 0) return notVerified(unverified);

  const answer = throttled(deps.mayLeave(Date.now())) ?? (await deps.judge(raw));
  const id = /<MessageId>([\w-]+)<\/MessageId>/.exec(answer.body)?.[1];
  if (answer.status !== 200 || id === undefined) return answer;
  const configurationSet = parameters.get('ConfigurationSetName');
  const envelope = {
    id,
    receivedAt: new Date().toISOString(),
    from: headers.from || (parameters.get('Source') ?? ''),
    destinations,
    subject: headers.subject,
    tags: Object.fromEntries(tags),
    ...(configurationSet && { configurationSet }),
  };
  await deps.store.save(envelope, raw);
  for (const event of eventsOf(envelope, new Date())) deps.publish(event);
  return answer;
}

const notVerified = (identities: readonly string[]): SesAnswer =>
  sesErrorAnswer(
    400,
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region ${LOCAL_AWS.region.toUpperCase()}: ${identities.join(', ')}`,
  );

/** https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html */
function throttled(may: 'ok' | 'too-fast' | 'too-many'): SesAnswer | undefined {
  if (may === 'ok') return undefined;
  const why = may === 'too-fast' ? 'Maximum sending rate exceeded.' : 'Daily message quota exceeded.';
  return sesErrorAnswer(400, 'Throttling', why);
}

/** `Name.member.1`, `Name.member.2`, … */
function members(parameters: URLSearchParams, name: string, field = ''): string[] {
  const values: string[] = [];
  for (let number = 1; ; number += 1) {
    const value = parameters.get(`${name}.member.${number}${field}`);
    if (value === null) return values;
    values.push(value);
  }
}

function tagsOf(parameters: URLSearchParams): (readonly [name: string, value: string])[] {
  const values = members(parameters, 'Tags', '.Value');
  return members(parameters, 'Tags', '.Name').map((name, index) => [name, values[index] ?? '']);
}

/** `Ann <ann@example.org>` */
const addressIn = (mailbox: string): string => /<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox;

/** SES's limit for the recipients of one message. */
const MAX_RECIPIENTS = 50;

/** What SES refuses and the emulator lets pass. */
function whyRefused(destinations: readonly string[], tags: readonly (readonly string[])[]): string | undefined {
  if (destinations.length === 0) return 'Missing required header: To';
  if (destinations.length > MAX_RECIPIENTS) return `Recipient count exceeds ${MAX_RECIPIENTS}.`;
  const addresses = destinations.map(addressIn);
  for (const address of addresses) {
    if (!/@[^@]+$/.test(address)) return "Missing final '@domain'";
    if (/[\s\p{Cc}]/u.test(address)) return 'Local address contains control or whitespace';
    if (/[^\x20-\x7e]/.test(address)) return 'Domain or local part contains illegal character';
  }
  const wrong = tags.flat().find((part) => !/^[A-Za-z0-9_.@-]{1,256}$/.test(part));
  if (wrong !== undefined)
    return `Invalid tag name or value <${wrong}>: only alphanumeric ASCII characters, '_', '-', '.' and '@' are allowed.`;
  return undefined;
}

interface MessageHeaders {
  readonly from: string;
  readonly subject: string;
  /** Bare addresses of To, Cc and Bcc. */
  readonly recipients: readonly string[];
}

/** A message as far as its first empty line: to read bodies with codes and invitations costs milliseconds each. */
export function headersOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.subarray(0, end + 4);
}

async function readHeaders(raw: Buffer): Promise<MessageHeaders> {
  const message = await simpleParser(headersOf(raw));
  return {
    from: message.from?.text ?? '',
    subject: message.subject ?? '',
    recipients: [message.to, message.cc, message.bcc].flat().flatMap(addressesIn),
  };
}

function addressesIn(header: AddressObject | undefined): string[] {
  const bare = ({ address, group }: EmailAddress): string[] => group?.flatMap(bare) ?? (address ? [address] : []);
  return header?.value.flatMap(bare) ?? [];
}

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
