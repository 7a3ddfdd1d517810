import * as z from 'zod';
import { tombstoneKey } from '../kernel/dynamo/keys.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';

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
