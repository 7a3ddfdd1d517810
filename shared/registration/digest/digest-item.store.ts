import * as z from 'zod';
import { digestKey } from '../../kernel/dynamo/keys.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import type { Digest } from './digest.ts';

export const storedDigest = once(() => {
  const waiting = z.object({ count: z.int(), since: z.string() });
  return z.object({
    v: z.literal(1),
    own: waiting.optional(),
    unreached: waiting.optional(),
    overdue: z.object({ count: z.int(), references: z.array(z.string()) }).optional(),
  });
});

export const DIGEST_USES = {
  v: ['records', 'week'],
  own: ['team', 'week'],
  unreached: ['team', 'week'],
  overdue: ['team', 'week'],
} as const satisfies UsesOf<typeof storedDigest>;

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
