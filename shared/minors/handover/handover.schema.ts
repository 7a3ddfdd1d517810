import * as z from 'zod';
import { MOST_ADULTS } from './handover.ts';

/** How a minor leaves, as their guardian says on their page or signed on paper (CS24). */
export const handoverStatement = () =>
  z.strictObject({
    /** Whether they may leave with nobody. */
    alone: z.boolean().optional(),
    /** Names of adults who may fetch them. */
    adults: z.array(z.string()).max(MOST_ADULTS).default([]),
    /** The name of one who must not. */
    never: z.string().default(''),
  });
