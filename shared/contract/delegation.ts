import * as z from 'zod';
import { byMail, proofText } from './proof.ts';

/** Asks for the link of a delegation. */
export const delegationStart = z.lazy(() =>
  z.strictObject({
    email: z.tuple([z.string()]),
    language: z.tuple([z.string()]),
    proof: z.tuple([proofText]).optional(),
    byMail: byMail(),
  }),
);
