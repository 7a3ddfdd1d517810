import * as z from 'zod';
import { digestKey } from '../../kernel/dynamo/keys.ts';
import { once } from '../../kernel/once.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';

/** Some who wait for a decision. */
const waiting = once(() =>
  z.object({
    count: z.int(),
    /** Since when the first of them waits, ISO 8601. */
    since: z.string(),
  }),
);
export interface Waiting extends Output<typeof waiting> {}

/** What one member of an event's team is told of those who wait, once a day: numbers and references, never a name. */
export const storedDigest = stored(() => ({
  v: field(z.literal(1), 'records', 'week'),
  /** Those of a focal point's own countries and organisations. */
  own: field(waiting().optional(), 'team', 'week'),
  /** Those of nobody's: no focal point of theirs can be told. */
  unreached: field(waiting().optional(), 'team', 'week'),
  /** How many of all these answered what an approver asked them. */
  answered: field(z.int().optional(), 'team', 'week'),
  overdue: field(z.object({ count: z.int(), references: z.array(z.string()) }).optional(), 'team', 'week'),
}));
export interface Digest extends Omit<Output<typeof storedDigest>, 'v'> {}

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
