import * as z from 'zod';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { Guardian } from './guardian.ts';

export const storedGuardian = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  reference: field(z.string(), 'guardian', 'event'),
  name: field(z.string(), 'guardian', 'event'),
  email: field(z.string().optional(), 'guardian', 'event'),
  language: field(z.string().optional(), 'guardian', 'event'),
  askedAt: field(z.string(), 'guardian', 'event'),
  agreedAt: field(z.string().optional(), 'consents', 'event'),
  consents: field(z.record(z.string(), z.string()).optional(), 'consents', 'event'),
  phone: field(z.string().optional(), 'guardian', 'event'),
  handover: field(statement().extend({ former: statement().optional() }).optional(), 'guardian', 'event'),
  handoverCodeVersion: field(z.int().optional(), 'guardian', 'event'),
  handoverCodeMade: field(z.object({ by: z.string(), at: z.string() }).optional(), 'guardian', 'event'),
  handoverTries: field(z.int().optional(), 'guardian', 'event'),
  paper: field(
    z
      .object({
        consents: z.record(z.string(), z.string()),
        signedBy: z.string(),
        signedOn: z.string(),
        phone: z.string().optional(),
        recordedBy: z.string(),
        recordedAt: z.string(),
        confirmedBy: z.string().optional(),
        confirmedAt: z.string().optional(),
      })
      .optional(),
    'consents',
    'event',
  ),
}));

/** How a minor leaves. */
const statement = () =>
  z.object({
    alone: z.boolean(),
    adults: z.array(z.string()),
    never: z.string().optional(),
    saidAt: z.string(),
    notedBy: z.string().optional(),
    confirmedBy: z.string().optional(),
    confirmedAt: z.string().optional(),
  });

/** In the `Care` table. @param expiresAt epoch seconds */
export const toGuardianItem = (guardian: Guardian, expiresAt: number) => ({
  ...guardianKey(guardian),
  v: 1,
  ...guardian,
  expiresAt,
});

/** Spread as registrations are. @param first the first character of the references in it */
export const guardianPartition = (eventId: string, first: string): string => `GUARDIAN#${eventId}#${first}`;

export const guardianKey = ({ eventId, reference }: Pick<Guardian, 'eventId' | 'reference'>) => ({
  pk: guardianPartition(eventId, reference.slice(0, 1)),
  sk: reference,
});

/** @throws ZodError when the table holds something else */
export function fromGuardianItem(item: Record<string, unknown>): Guardian {
  const { v: _, ...guardian } = storedGuardian().parse(item);
  return guardian;
}
