/** One question to the server and its answer, all in milliseconds. */
export interface Exchange {
  /** By the device's clock. */
  readonly sentAt: number;
  readonly receivedAt: number;
  /** The `Date` header of the answer: whole seconds, cut off. */
  readonly serverDate: number;
}

/** How far the server's clock is ahead of the device's, and how wrong that may be, in milliseconds. */
export interface Offset {
  readonly offset: number;
  readonly error: number;
}

/** A header without fractions of a second is half a second behind on average. */
const HALF_SECOND = 500;

/** The server wrote its time somewhere between question and answer. */
export function offsetFrom({ sentAt, receivedAt, serverDate }: Exchange): Offset {
  const halfWay = (receivedAt - sentAt) / 2;
  return { offset: serverDate + HALF_SECOND - (sentAt + halfWay), error: halfWay + HALF_SECOND };
}

/**
 * What is known after one more exchange: the better of the two where they agree, and both narrowed to what they share.
 * Where they contradict each other, a clock was set meanwhile, and the new one alone counts.
 */
export function better(known: Offset | undefined, next: Offset): Offset {
  if (known === undefined) return next;
  const from = Math.max(known.offset - known.error, next.offset - next.error);
  const to = Math.min(known.offset + known.error, next.offset + next.error);
  return from > to ? next : { offset: (from + to) / 2, error: (to - from) / 2 };
}

/** Two clocks of a device at one moment. */
export interface Reading {
  /** The one that people and networks set, epoch milliseconds. */
  readonly wall: number;
  /** The one that only runs, milliseconds since some moment. */
  readonly steady: number;
}

/** What a device knows of the time: where its clocks stood when it last learned the offset. */
export interface Anchor extends Offset {
  readonly at: Reading;
}

/** The time by the server's clock: by the steady clock, which nobody sets, since the offset was learned. */
export const correctedTime = ({ offset, at }: Anchor, now: Reading): number =>
  at.wall + offset + (now.steady - at.steady);

/**
 * An anchor from before a reload, after which the steady clock begins anew: what was known then of the clock that can be set is
 * the best that there is until the server answers again.
 */
export const afterReload = (before: Offset, now: Reading): Anchor => ({ ...before, at: now });

/**
 * The steady clock of many phones stands still while they sleep. By what the other one is ahead of it, from when the page was hidden
 * until it is seen again, the phone slept; a clock that was put back meanwhile changes nothing.
 */
export function afterSleep(anchor: Anchor, hidden: Reading, seen: Reading): Anchor {
  const slept = Math.max(0, seen.wall - hidden.wall - (seen.steady - hidden.steady));
  return { ...anchor, at: { ...anchor.at, steady: anchor.at.steady - slept } };
}

/** What a server takes for true of a time that a device tells: not before it was enrolled, and not after now. */
export const clampedTime = (told: number, enrolledAt: number, receivedAt: number): number =>
  Math.min(Math.max(told, enrolledAt), receivedAt);

const HOUR = 60 * 60 * 1000;
/** Milliseconds that are counted together: an hour is six of them, and the one in which it began. */
const STEP = 10 * 60 * 1000;

/** Steps are counted from 1970 on. @param now epoch milliseconds */
export const stepOf = (now: number): number => Math.floor(now / STEP);

/** The step in which the last hour began: all of it is counted, so that no hour ever holds more than is said. */
export const firstStepOfHour = (now: number): number => stepOf(now - HOUR);
