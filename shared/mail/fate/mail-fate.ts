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

export interface MailFate {
  readonly what: Fate;
  /** When that was found out, ISO 8601. */
  readonly at: string;
  /** The status code (RFC 3463) that the recipient's server gave: digits and dots. */
  readonly code?: string | undefined;
}

/** What is known of a mail after an event; nothing where it tells nothing new. Events come twice, late and in any order. */
export const afterFate = (before: MailFate | undefined, told: MailFate): MailFate | undefined =>
  before === undefined || FATES.indexOf(before.what) < FATES.indexOf(told.what) ? told : undefined;
