import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import type { Retention } from '../../kernel/purposes.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { MAIL_RANKS } from '../kinds.ts';

const sendQuota = (retention: Retention) => ({
  /** Mails a second. */
  perSecond: field(z.number(), 'impersonal', retention),
  /** Mails within any 24 hours; absent where there is no limit. */
  daily: field(z.number().optional(), 'impersonal', retention),
  /** How many of those were sent within the last 24 hours. */
  sent: field(z.number(), 'impersonal', retention),
});

/** How far an account's sending has come, over all instances. Instants are epoch milliseconds. */
export const storedSendPace = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  ...sendQuota('event'),
  /** When the next mail may leave. */
  nextAt: field(z.number(), 'impersonal', 'event'),
  /** When the quota was asked for. */
  readAt: field(z.number(), 'impersonal', 'event'),
  revision: field(z.int(), 'impersonal', 'event'),
}));
export interface SendPace extends Omit<Output<typeof storedSendPace>, 'v' | 'revision'> {}

/** What SES lets an account send. */
export interface SendQuota extends Pick<SendPace, 'perSecond' | 'daily' | 'sent'> {}

/** A pace as it is stored; every change raises the revision. */
export interface StoredPace {
  /** Nothing where it cannot be read: no mail is held up by that. */
  readonly pace: SendPace | undefined;
  readonly revision: number;
}

/** In the `Outbox` table, one for the whole system: an account's rate is shared by all events. */
export const SEND_PACE_KEY = { id: 'PACE' } as const;

export const toSendPaceItem = (pace: SendPace, revision: number) => ({ ...SEND_PACE_KEY, v: 1, ...pace, revision });

export function fromSendPaceItem(item: Record<string, unknown>): StoredPace {
  const { data } = storedSendPace().safeParse(item);
  if (data === undefined) return { pace: undefined, revision: Number(item['revision']) };
  const { v: _, revision, ...pace } = data;
  return { pace, revision };
}

/** `probation`: SES saw too many bounces or complaints and watches; `shutdown`: it sends nothing for now. */
export const ENFORCEMENTS = ['healthy', 'probation', 'shutdown'] as const;

/** What became of asking SES for production access. */
export const REVIEWS = ['pending', 'denied'] as const;

/** The SES account that all mail leaves by, as SES itself described it. */
export const storedMailAccount = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  /** Outside of the sandbox, in which SES writes to verified addresses only. */
  production: field(z.boolean(), 'impersonal', 'day'),
  review: field(z.enum(REVIEWS).optional(), 'impersonal', 'day'),
  enforcement: field(z.enum(ENFORCEMENTS), 'impersonal', 'day'),
  /** Whether SES sends at all: it, or the holder of the account, may have paused it. */
  sending: field(z.boolean(), 'impersonal', 'day'),
  /** Whether SES has verified the address that mail is from, or its domain. */
  senderVerified: field(z.boolean(), 'impersonal', 'day'),
  ...sendQuota('day'),
  /** When the mail was written that has waited longest; nothing where none waits. ISO 8601. */
  waitsSince: field(z.string().optional(), 'impersonal', 'day'),
  region: field(z.string(), 'impersonal', 'day'),
  /** When SES was asked. ISO 8601. */
  readAt: field(z.string(), 'impersonal', 'day'),
}));
export interface MailAccount extends Omit<Output<typeof storedMailAccount>, 'v'> {}

const claim = once(() => z.object({ message: z.string(), at: z.string(), later: z.literal(true).optional() }));
export interface Claim extends Output<typeof claim> {}

const waitingMail = once(() => z.object({ message: z.string(), at: z.string(), rank: z.enum(MAIL_RANKS) }));
export interface WaitingMail extends Output<typeof waitingMail> {}

/** What is remembered of one recipient. Instants are ISO 8601, UTC. */
export const storedMailCap = stored(() => ({
  v: field(z.literal(1), 'mail-cap', 'day'),
  /** Mails claimed within the last day, but for those of which it is certain that they did not leave; `later` of those that can wait. */
  claims: field(z.array(claim()), 'mail-cap', 'day'),
  /** Turns that the first release promised, which are not counted any more: their mails ask again at them. */
  turns: field(z.array(z.string()), 'mail-cap', 'day'),
  /** The same, of mails that can be asked for again. */
  repeats: field(z.array(z.string()).optional(), 'mail-cap', 'day'),
  /** Turns promised to mails that wait, of which only the last count. */
  waiting: field(z.array(waitingMail()).optional(), 'mail-cap', 'day'),
  revision: field(z.int(), 'mail-cap', 'day'),
}));
/** A cap as it is stored; every change raises the revision, which is 0 before there is one. */
export interface StoredCap extends Omit<Output<typeof storedMailCap>, 'v'> {}
export interface MailCap extends Omit<StoredCap, 'revision'> {}
