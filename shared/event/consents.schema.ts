import * as z from 'zod';
import { once } from '../kernel/once.ts';
import type { Output } from '../kernel/stored.schema.ts';

/** One consent as people are asked it, in one language. */
export const consentWording = once(() =>
  z.object({
    /** Whom it is asked of: attendees, or the guardians of minors. */
    of: z.enum(['attendee', 'guardian']),
    id: z.string(),
    version: z.string(),
    language: z.string(),
    title: z.string(),
    agreement: z.string(),
    points: z.array(z.string()),
    /** What people under 18 read instead of `points`. */
    youngPoints: z.array(z.string()).optional(),
  }),
);
export interface ConsentWording extends Output<typeof consentWording> {}
