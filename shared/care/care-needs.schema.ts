import * as z from 'zod';

/** What should be arranged for someone, by question: all of it, in place of what was said before. Shape only. */
export const needs = z.lazy(() =>
  z.strictObject({
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  }),
);

/** What became of it: nothing of it is told, now or later. */
export const keptNeeds = z.lazy(() => z.strictObject({ status: z.enum(['kept', 'nothing']) }));
