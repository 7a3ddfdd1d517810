import * as z from 'zod';
import { TIME_TO_PROVE } from '../../seats/unproven-seat.ts';
import { RELEASES } from '../event.ts';

/** What becomes of seats that nobody proves, as a definition says it: within which time, and whether they go by themselves. */
export const unprovenRules = () => ({
  proveWithin: z.string().regex(TIME_TO_PROVE, 'is no time such as "7 days" or "96 hours"').optional(),
  releaseUnproven: z.enum(RELEASES).optional(),
});
