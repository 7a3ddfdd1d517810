import { MAIL_ATTRIBUTE } from '../../kernel/dynamo/tables.ts';
import type { OutboxStream } from '../../kernel/manifest.ts';
import type { Urgency } from '../kinds.ts';
import type { SendPace, SendQuota } from './sending.schema.ts';

/** What SES calls the daily limit of an account that has none. */
export const UNLIMITED = -1;

/** When each of some mails may leave: the first at `startAt`, each other one `every` milliseconds later. */
export interface Schedule {
  /** Epoch milliseconds. */
  readonly startAt: number;
  readonly every: number;
  /** How many have a turn: fewer than were asked for where the day has no more. */
  readonly mails: number;
  /** When to ask again for those. */
  readonly restAt?: number | undefined;
}

/** Turns for some mails, one after another, and how far sending has come with them; or when to ask again. */
export type Turns = (Schedule & { readonly pace: SendPace }) | Later;
export interface Later {
  readonly askAgainAt: number;
}

/** Milliseconds for which a quota counts before it is asked for anew. */
const QUOTA_LASTS = 60 * 1000;
/** Milliseconds ahead to which turns are given: a function waits for its own, and is not to be stopped meanwhile. */
const LONGEST_QUEUE = 5 * 1000;
/** Milliseconds ahead in which no pace can be, unless the instance that wrote it had a wrong clock. */
const IMPOSSIBLE = 60 * 1000;
/** Milliseconds until it is worth asking again once the day's mails are used up. */
const DAY_IS_FULL = 15 * 60 * 1000;
/** Of a day's mails, what is kept for those that cannot wait. */
const KEPT_SHARE = 0.1;

export const isStale = ({ readAt }: SendPace, now: number): boolean => Math.abs(now - readAt) >= QUOTA_LASTS;

/** The same pace, with a quota that was asked for just now. */
export const withQuota = (pace: SendPace | undefined, quota: SendQuota, now: number): SendPace => ({
  ...quota,
  nextAt: pace?.nextAt ?? now,
  readAt: now,
});

/**
 * Gives so many mails their turns: each leaves so long after the one before that the account's rate is kept, whichever instance sends
 * it. What can wait gets a turn only where nobody queues, and leaves a part of the day's mails to what cannot.
 */
export function takeSendTurns(pace: SendPace, wanted: number, urgency: Urgency, now: number): Turns {
  const { perSecond, sent } = pace;
  const mails = Math.min(wanted, leftToday(pace, urgency));
  const restAt = mails < wanted ? now + DAY_IS_FULL : undefined;
  if (perSecond <= 0 || (mails === 0 && wanted > 0)) return { askAgainAt: now + DAY_IS_FULL };
  const queuedTo = pace.nextAt > now + IMPOSSIBLE ? now : pace.nextAt;
  const startAt = Math.max(now, queuedTo);
  if (startAt - now > (urgency === 'later' ? 0 : LONGEST_QUEUE)) return { askAgainAt: startAt };
  const every = 1000 / perSecond;
  return { startAt, every, mails, restAt, pace: { ...pace, sent: sent + mails, nextAt: startAt + mails * every } };
}

function leftToday({ daily, sent }: SendQuota, urgency: Urgency): number {
  if (daily === undefined) return Number.POSITIVE_INFINITY;
  const kept = urgency === 'later' ? KEPT_SHARE * daily : 0;
  return Math.max(0, Math.floor(daily - kept) - sent);
}

/** Mails that one call is relied on to send in a second: each takes some 9 ms of a processor, of which 512 MB are 0.29, so it sends some 30. */
const OF_ONE_CALL = 20;
/** Of the stream of a new table: it has one for each partition, and one call at the least takes on what is new in each. */
const SHARDS = 4;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
const MOST_CALLS = 10;

/**
 * Calls that take on what is new in one shard of the outbox's stream at once, so that together they send what SES takes. More would wait for one
 * another's turns, and take the place of functions that people wait for. What is about one item is told in order all the same; of two
 * messages, each is written from what it is about as that stands when it leaves, and no order is kept even now, since they lie in two shards.
 *
 * @param perSecond mails that SES takes
 */
export const callsAShard = ({ attribute }: Pick<OutboxStream, 'attribute'>, perSecond: number): number =>
  attribute === MAIL_ATTRIBUTE ? Math.min(MOST_CALLS, Math.max(1, Math.ceil(perSecond / (SHARDS * OF_ONE_CALL)))) : 1;

/** Calls that these are more than one for each shard. */
export const callsBesides = (callsOfOne: number): number => SHARDS * (callsOfOne - 1);

const MINUTE = 60 * 1000;
const DAY = 24 * 60;

/**
 * Minutes until so many mails that can wait have left, if nothing else is sent meanwhile; nothing where none may leave.
 */
export function minutesToSend({ perSecond, daily, sent }: SendQuota, mails: number): number | undefined {
  if (perSecond <= 0 || daily === 0) return undefined;
  const paced = Math.ceil((mails * 1000) / perSecond / MINUTE);
  if (daily === undefined) return paced;
  const aDay = Math.max(1, Math.floor(daily * (1 - KEPT_SHARE)));
  const today = Math.max(0, Math.floor(daily * (1 - KEPT_SHARE)) - sent);
  return mails <= today ? paced : Math.max(paced, Math.ceil((mails - today) / aDay) * DAY);
}
