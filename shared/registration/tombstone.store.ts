import * as z from 'zod';
import { tombstoneKey } from '../kernel/dynamo/keys.ts';
import { field, stored } from '../kernel/stored.schema.ts';

/** That someone had everything about them erased: after a restore from a backup it is erased again (CS20). */
export interface Tombstone {
  readonly eventId: string;
  /** HMAC of the reference. */
  readonly hash: string;
  /** ISO 8601. */
  readonly erasedAt: string;
}

export const storedTombstone = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  hash: field(z.string(), 'records', 'event'),
  erasedAt: field(z.string(), 'records', 'event'),
}));

/** @param expiresAt epoch seconds */
export const toTombstoneItem = (tombstone: Tombstone, expiresAt: number) => ({
  ...tombstoneKey(tombstone.eventId, tombstone.hash),
  v: 1,
  ...tombstone,
  expiresAt,
});
