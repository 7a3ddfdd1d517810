import * as z from 'zod';
import { tombstoneKey } from '../kernel/dynamo/keys.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

/** Says that an attendee had everything about them erased: after a restore from a backup it is erased again (CS20). */
export const storedTombstone = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  /** HMAC of the reference. */
  hash: field(z.string(), 'records', 'event'),
  /** ISO 8601. */
  erasedAt: field(z.string(), 'records', 'event'),
}));
export interface Tombstone extends Omit<Output<typeof storedTombstone>, 'v'> {}

/** @param expiresAt epoch seconds */
export const toTombstoneItem = (tombstone: Tombstone, expiresAt: number) => ({
  ...tombstoneKey(tombstone.eventId, tombstone.hash),
  v: 1,
  ...tombstone,
  expiresAt,
});
