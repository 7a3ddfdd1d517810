import * as z from 'zod';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { CareNeeds, Needy } from './care-needs.ts';

export const storedCareNeeds = stored(() => ({
  v: field(z.literal(1), 'records', 'care'),
  eventId: field(z.string(), 'records', 'care'),
  reference: field(z.string(), 'care', 'care'),
  answers: field(
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    'care',
    'care',
  ),
  edition: field(z.string(), 'records', 'care'),
  sentAt: field(z.string(), 'care', 'care'),
  arranged: field(z.object({ at: z.string(), by: z.string() }).optional(), 'care', 'care'),
}));

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
