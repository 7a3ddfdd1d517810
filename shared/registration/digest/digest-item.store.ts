import * as z from 'zod';
import { digestKey } from '../../kernel/dynamo/keys.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { Digest } from './digest.ts';

export const storedDigest = stored(() => {
  const waiting = z.object({ count: z.int(), since: z.string() });
  return {
    v: field(z.literal(1), 'records', 'week'),
    own: field(waiting.optional(), 'team', 'week'),
    unreached: field(waiting.optional(), 'team', 'week'),
    overdue: field(z.object({ count: z.int(), references: z.array(z.string()) }).optional(), 'team', 'week'),
  };
});

/** Seconds: longer than a mail may wait for its turn. */
const KEEP = 7 * 24 * 60 * 60;

/** @param id see `digestId` */
export const toDigestItem = (eventId: string, id: string, digest: Digest, now: Date) => ({
  ...digestKey(eventId, id),
  v: 1,
  ...digest,
  expiresAt: Math.floor(now.getTime() / 1000) + KEEP,
});

export function fromDigestItem(item: Record<string, unknown>): Digest {
  const { v: _, ...digest } = storedDigest().parse(item);
  return digest;
}
