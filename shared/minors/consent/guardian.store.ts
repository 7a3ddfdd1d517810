import * as z from 'zod';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import type { Guardian } from './guardian.ts';

export const storedGuardian = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    reference: z.string(),
    name: z.string(),
    email: z.string().optional(),
    language: z.string().optional(),
    askedAt: z.string(),
    agreedAt: z.string().optional(),
    consents: z.record(z.string(), z.string()).optional(),
    phone: z.string().optional(),
    handover: statement().extend({ former: statement().optional() }).optional(),
    handoverCodeVersion: z.int().optional(),
    handoverCodeMade: z.object({ by: z.string(), at: z.string() }).optional(),
    handoverTries: z.int().optional(),
    paper: z
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
  }),
);

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

export const GUARDIAN_USES = {
  v: ['records', 'event'],
  eventId: ['records', 'event'],
  reference: ['guardian', 'event'],
  name: ['guardian', 'event'],
  email: ['guardian', 'event'],
  language: ['guardian', 'event'],
  askedAt: ['guardian', 'event'],
  agreedAt: ['consents', 'event'],
  consents: ['consents', 'event'],
  phone: ['guardian', 'event'],
  handover: ['guardian', 'event'],
  handoverCodeVersion: ['guardian', 'event'],
  handoverCodeMade: ['guardian', 'event'],
  handoverTries: ['guardian', 'event'],
  paper: ['consents', 'event'],
} as const satisfies UsesOf<typeof storedGuardian>;

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
