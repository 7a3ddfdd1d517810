import { readFileSync } from 'node:fs';
import type { KeptDatabase } from '../support/kept-database.ts';

/** What phones kept whose app was that of 28 November 2026. It is never made anew: phones that are out there have it. */
export const KEPT_PHONES = new URL('../golden/phones.json', import.meta.url);

/** An attendee with a ticket. */
interface Known {
  /** As the QR code says it. */
  readonly code: string;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  readonly name: string | undefined;
}

export interface KeptPhones {
  /** When it was, epoch milliseconds. */
  readonly now: number;
  /**
   * `desk`: one at work, with scans that wait and some that were refused. `asking`: one that sent its code and had no answer. `shutOut`:
   * one that is revoked while scans wait.
   */
  readonly phones: Readonly<Record<'desk' | 'asking' | 'shutOut', KeptDatabase>>;
  readonly people: Readonly<
    Record<'cameHere' | 'cameElsewhere' | 'cameOffline' | 'isNew' | 'isRevoked' | 'isYoung', Known>
  >;
  /** What the desk said of itself. */
  readonly desk: {
    readonly people: number;
    readonly queue: { readonly waiting: number; readonly refused: number };
    readonly counts: { readonly came: number; readonly inside: number };
    readonly searchCode: string;
  };
}

export const keptPhones = (): KeptPhones => JSON.parse(readFileSync(KEPT_PHONES, 'utf8'));
