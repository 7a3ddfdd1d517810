import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import type { Output } from '../../kernel/stored.schema.ts';

/** What SES publishes of a mail that Plenary listens to. */
const MAIL_EVENTS = ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject', 'Rendering Failure'] as const;

/** The tag by which a mail says which message of `Outbox` it carries. */
export const OUTBOX_TAG = 'outboxId';

const CONFIGURATION_SET_TAG = 'ses:configuration-set';

/** Which events of the default bus concern Plenary: those of its own configuration set. */
export const mailEventPattern = (configurationSet: string) => ({
  source: ['aws.ses'],
  detail: { eventType: [...MAIL_EVENTS], mail: { tags: { [CONFIGURATION_SET_TAG]: [configurationSet] } } },
});

const recipients = () => z.array(z.object({ emailAddress: z.string() }));
/** With the enhanced status code (RFC 3463) that the recipient's server gave, where it gave one. */
const bouncedRecipients = () => z.array(z.object({ emailAddress: z.string(), status: z.string().optional() }));
const mail = () =>
  z.object({
    timestamp: z.string(),
    /** SES's id of the mail: what its answer says, too. */
    messageId: z.string(),
    tags: z.object({ [OUTBOX_TAG]: z.array(z.string()).optional() }),
  });
/** That it was sent, or that SES found malware in it, or could not render a template: nothing but that is of interest. */
const bare = <T extends 'Send' | 'Reject' | 'Rendering Failure'>(eventType: T) =>
  z.object({ eventType: z.literal(eventType), mail: mail() });

/**
 * The part of an event that is read, of what SES sends to EventBridge as `detail`. It may hold more.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const mailEvent = z.lazy(() =>
  z.discriminatedUnion('eventType', [
    bare('Send'),
    bare('Reject'),
    bare('Rendering Failure'),
    z.object({
      eventType: z.literal('Bounce'),
      mail: mail(),
      bounce: z.object({
        bounceType: z.string(),
        bounceSubType: z.string().optional(),
        bouncedRecipients: bouncedRecipients(),
        timestamp: z.string(),
      }),
    }),
    z.object({
      eventType: z.literal('Complaint'),
      mail: mail(),
      complaint: z.object({ complainedRecipients: recipients(), timestamp: z.string() }),
    }),
    z.object({
      eventType: z.literal('Delivery'),
      mail: mail(),
      delivery: z.object({ recipients: z.array(z.string()), timestamp: z.string() }),
    }),
  ]),
);

export type MailEvent = z.output<typeof mailEvent>;

/**
 * What became of the last mail to an attendee or guardian, as far as it matters: `bounced`, there is no such mailbox; `refused`, their
 * server takes no mail of ours; `complained`, they called it unwanted; `delivered`, a later one arrived after all.
 */
export const mailState = once(() =>
  z.object({
    state: z.enum(['bounced', 'refused', 'complained', 'delivered']),
    /** When that was found out, ISO 8601. */
    at: z.string(),
    /** When the mail that it is about was sent, ISO 8601: what comes late is told apart by it. */
    sentAt: z.string(),
  }),
);
export interface MailState extends Output<typeof mailState> {}

/**
 * What became of a mail that SES took, from what says least to what says most. `not-now` says less than that it arrived:
 * automatic replies of people on leave come as such, after it did. A server may take a mail and send it back, and only what arrived is called unwanted.
 */
export const FATES = [
  'not-now',
  'delivered',
  'mailbox-full',
  'too-large',
  'content-refused',
  'no-mailbox',
  'suppressed',
  'refused',
  'complained',
] as const;
export type Fate = (typeof FATES)[number];

export const mailFate = once(() =>
  z.object({
    what: z.enum(FATES),
    /** When that was found out, ISO 8601. */
    at: z.string(),
    /** The status code (RFC 3463) that the recipient's server gave: digits and dots. */
    code: z.string().optional(),
  }),
);
export interface MailFate extends Output<typeof mailFate> {}
