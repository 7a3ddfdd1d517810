import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { HOW_OFTEN } from '../choices.ts';
import { givenToOne, personNamed } from '../review/people.schema.ts';

/** What is handed out: `Handout` without its id. */
const handoutTerms = () => ({
  name: z.string(),
  often: z.enum(HOW_OFTEN),
  isLent: z.boolean(),
  categories: z.array(z.string()).min(1).readonly().optional(),
});

export const wantedHandout = z.lazy(() => z.strictObject({ ...handoutTerms(), revision: z.int().min(0) }));

/** People who were given it, and those of them who have it still. */
const handoutCounts = once(() => z.strictObject({ people: z.int(), out: z.int() }));

/** The same, with how many of them were given it more often than it is meant to be. */
const countsOfUnnamed = once(() => handoutCounts().extend({ beyond: z.int() }));

/** Times of one person of whom it is to be found out which are true: more are looked at by nobody. */
export const MOST_GIVES_TOLD = 10;

/** As those who run check-in see it. */
export const handoutView = () => z.strictObject({ id: z.string(), ...handoutTerms(), counts: handoutCounts() });

/** Adults to whom something was handed out, in the order of their names; a part, in that of their references. */
export const whoWasGiven = z.lazy(() =>
  z.strictObject({
    people: z
      .array(
        z.strictObject({
          ...personNamed(),
          category: z.string(),
          ...givenToOne(),
          /** Of those who were given it too often: when it was given and brought back, the last ten times, and what the phone is called. */
          scans: z
            .array(z.strictObject({ kind: z.enum(['in', 'out']), at: z.string(), phone: z.string().optional() }))
            .readonly()
            .optional(),
        }),
      )
      .readonly(),
    /**
     * To those who run check-in, of people under 18 and of tickets that are of nobody here: people who were given it, and who have it still. With
     * all, or with the first part.
     */
    minors: countsOfUnnamed().optional(),
    unnamed: countsOfUnnamed().optional(),
  }),
);
