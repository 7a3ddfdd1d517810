import type { SearchLock } from '../search/search-lock.ts';
import type { Talk } from './talk.ts';

/** A phone at a door, as an organiser let it in. */
export interface Device {
  readonly eventId: string;
  /** 8 Crockford characters. */
  readonly id: string;
  /** Of the offer that it took, where several phones may take it: what an organiser knows it by until they are in. */
  readonly offer?: string | undefined;
  /** What the organiser calls it: "Hall, left door". */
  readonly name: string;
  /** Ids of the lists that it may scan for. */
  readonly lists: readonly string[];
  /** The last day for which whoever holds it was vetted, `2027-12-31`; absent of anyone else: it shows no name of a minor (CS13). */
  readonly vettedUntil?: string | undefined;
  /** Whether it may look for people by name: a desk's. */
  readonly maySearch: boolean;
  /** Whether it may do so now; absent of one that may not, or was let in without a code. */
  readonly search?: SearchLock | undefined;
  /** What it said last of itself (CI17). */
  readonly talk?: Talk | undefined;
  /** How many scans it brought in, by the ten minutes in which they came (`hour-steps.ts`); absent of older ones. */
  readonly scans?: Readonly<Record<string, number>> | undefined;
  /** Instants, epoch milliseconds. From `endsAt` on it does no more than bring in what it scanned before. */
  readonly enrolledAt: number;
  readonly endsAt: number;
  readonly revokedAt?: number | undefined;
  /** The newest scan that it had brought in when it was shut out, epoch milliseconds: 0 where it had none; absent until it is asked for. */
  readonly newestBrought?: number | undefined;
  /** The member who let it in. */
  readonly enrolledBy: string;
}

/** What no offer says: it becomes of the phone that took one. */
export type OfOnePhone = 'enrolledAt' | 'revokedAt' | 'newestBrought' | 'search' | 'offer' | 'talk' | 'scans';

/** An offer to whichever phones take it first, of one shift. */
export interface Enrolment extends Omit<Device, OfOnePhone> {
  /** How many phones may: each once, with a token of its own (AU7). */
  readonly phones: number;
  /** Hash of its code, which is kept nowhere. */
  readonly codeHash: string;
  /** Epoch milliseconds: ten minutes after it was made. */
  readonly expiresAt: number;
}

/** Phones of one shift that one code lets in at most. */
export const MOST_PHONES = 40;

/** Milliseconds within which a code is to be scanned (AU7). */
export const ENROLMENT_LASTS = 10 * 60 * 1000;

/** `over`: it may bring in what it scanned until then; `revoked`: it may too, and what it scanned since waits for a person (CI15). */
export type DeviceStanding = 'active' | 'over' | 'revoked';

export function deviceStatus({ endsAt, revokedAt }: Device, now: number): DeviceStanding {
  if (revokedAt !== undefined) return 'revoked';
  return now < endsAt ? 'active' : 'over';
}

/** Whether it shows names of people under 18: until the event's end, and not only today (CS13). @param lastDay of the event */
export const isVettedDevice = ({ vettedUntil }: Pick<Device, 'vettedUntil'>, lastDay: string): boolean =>
  vettedUntil !== undefined && vettedUntil >= lastDay;
