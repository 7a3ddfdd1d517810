import * as z from 'zod';
import { once } from '../once.ts';
import { tombstoneKey } from './keys.ts';
import type { UsesOf } from './uses-of.ts';

/** That someone had everything about them erased: after a restore from a backup it is erased again (CS20). */
export interface Tombstone {
  readonly eventId: string;
  /** HMAC of the reference. */
  readonly hash: string;
  /** ISO 8601. */
  readonly erasedAt: string;
}

export const storedTombstone = once(() =>
  z.object({ v: z.literal(1), eventId: z.string(), hash: z.string(), erasedAt: z.string() }),
);

export const TOMBSTONE_USES = {
  v: ['records', 'event'],
  eventId: ['records', 'event'],
  hash: ['records', 'event'],
  erasedAt: ['records', 'event'],
} as const satisfies UsesOf<typeof storedTombstone>;

/** @param expiresAt epoch seconds */
export const toTombstoneItem = (tombstone: Tombstone, expiresAt: number) => ({
  ...tombstoneKey(tombstone.eventId, tombstone.hash),
  v: 1,
  ...tombstone,
  expiresAt,
});
