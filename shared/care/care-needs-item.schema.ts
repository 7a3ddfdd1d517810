import * as z from 'zod';
import { answersGiven } from '../event/attendee.schema.ts';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

const arranged = once(() =>
  z.object({
    /** ISO 8601. */
    at: z.string(),
    /** A member; see `shared/kernel/dynamo/member-id.store.ts`. */
    by: z.string(),
  }),
);
export interface Arranged extends Output<typeof arranged> {}

/** What should be arranged for one person: kept in `Care`, apart from the registration. */
export const storedCareNeeds = stored(() => ({
  v: field(z.literal(1), 'records', 'care'),
  eventId: field(z.string(), 'records', 'care'),
  reference: field(z.string(), 'care', 'care'),
  /** By question; never empty. */
  answers: field(answersGiven(), 'care', 'care'),
  /** 128 random bits, base64url: names exactly this text, so that a tick never lands on another that replaced it. */
  edition: field(z.string(), 'records', 'care'),
  /** ISO 8601. */
  sentAt: field(z.string(), 'care', 'care'),
  arranged: field(arranged().optional(), 'care', 'care'),
}));
export interface CareNeeds extends Omit<Output<typeof storedCareNeeds>, 'v'> {}
export type Needy = Pick<CareNeeds, 'eventId' | 'reference'>;

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
