import type { Device } from './check-in-device.schema.ts';

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
