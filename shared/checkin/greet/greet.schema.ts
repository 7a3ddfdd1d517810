import * as z from 'zod';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { personNamed, silentPhone } from '../review/people.schema.ts';
import { GREETED_STATES } from './greet.ts';

/** Whom protocol greets at an event: adults whom it picked, at most fifty. It is told to holders of `greet` alone, and in no file. */
export const storedGreeting = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day-after'),
  people: field(
    // `holders` is how many had the registration before the person who was picked: a line is of one person.
    z.array(z.object({ reference: z.string(), why: z.string(), holders: z.int() })),
    'greeting',
    'day-after',
  ),
  /** Raised with each writing: what a conditional write compares. */
  revision: field(z.int(), 'impersonal', 'day-after'),
}));
export interface Greeting extends Omit<Output<typeof storedGreeting>, 'v'> {}
export type GreetedPerson = Greeting['people'][number];

/** Characters of a request: how many letters a reader counts is looked at beyond that. */
const LONGEST_TEXT = 2000;

export const greetingWords = z.lazy(() => z.strictObject({ why: z.string().max(LONGEST_TEXT) }));

/** How one person stands on the list of those to greet. */
export const greetedOne = z.lazy(() =>
  z.strictObject({
    /** Absent of a person who is not picked; there also of one who has no place now, and may get it back. */
    why: z.string().optional(),
    /** How many people are picked in all. */
    picked: z.int(),
  }),
);

export const greetedList = z.lazy(() =>
  z.strictObject({
    /** `YYYY-MM-DD`: today, or the next day of the event. */
    date: z.string(),
    people: z.array(
      z.strictObject({
        ...personNamed(),
        position: z.string().optional(),
        why: z.string(),
        status: z.enum(GREETED_STATES),
        /** Of who came: by which list, and when, ISO 8601; the event's entrance has no name. */
        arrival: z.strictObject({ name: z.string().optional(), at: z.string() }).optional(),
      }),
    ),
    /** Phones of the day’s lists: whom they let in may be here already. */
    silent: z.array(silentPhone()).readonly(),
  }),
);
