import * as z from 'zod';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import type { CareNeeds, Needy } from './care-needs.ts';

export const storedCareNeeds = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    reference: z.string(),
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    edition: z.string(),
    sentAt: z.string(),
    arranged: z.object({ at: z.string(), by: z.string() }).optional(),
  }),
);

export const CARE_NEEDS_USES = {
  v: ['records', 'care'],
  eventId: ['records', 'care'],
  reference: ['care', 'care'],
  answers: ['care', 'care'],
  edition: ['records', 'care'],
  sentAt: ['care', 'care'],
  arranged: ['care', 'care'],
} as const satisfies UsesOf<typeof storedCareNeeds>;

/** In the `Care` table, spread as registrations are. @param first the first character of the references in it */
export const careNeedsPartition = (eventId: string, first: string): string => `NEEDS#${eventId}#${first}`;

export const careNeedsKey = ({ eventId, reference }: Needy): ItemKey => ({
  pk: careNeedsPartition(eventId, reference.slice(0, 1)),
  sk: reference,
});

/** @param expiresAt epoch seconds */
export const toCareNeedsItem = (needs: CareNeeds, expiresAt: number) => ({
  ...careNeedsKey(needs),
  v: 1,
  ...needs,
  expiresAt,
});

/** @throws ZodError when the table holds something else */
export function fromCareNeedsItem(item: Record<string, unknown>): CareNeeds {
  const { v: _, ...needs } = storedCareNeeds().parse(item);
  return needs;
}
