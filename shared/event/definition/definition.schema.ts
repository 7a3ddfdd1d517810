import * as z from 'zod';
import { once } from '../../kernel/once.ts';

/** Characters of a title in one language. */
const LONGEST_TITLE = 4000;

const title = once(() => z.record(z.string(), z.string().max(LONGEST_TITLE)));

const version = once(() => z.int().positive());

/**
 * A whole definition as an event's file says it, which docs/event-file.schema.json describes, and which version is published. What is sent is
 * read where it is checked, so that all that is wrong with it is said at once.
 */
export const authoredDefinition = z.lazy(() =>
  z.strictObject({ version: version(), definition: z.record(z.string(), z.unknown()) }),
);

const dropped = once(() =>
  z.strictObject({
    /** Where it stands in a definition: `categories`, `countries`, `questions.expertise`. */
    part: z.string(),
    id: z.string(),
    /** In the first language of the event. */
    name: z.string(),
    /** What lists say from now on: the name of a place, the id of anything else. */
    shown: z.string(),
  }),
);
/** What people may have chosen of an event, and nobody can any more: they keep it. */
export interface Dropped extends Readonly<z.output<ReturnType<typeof dropped>>> {}

/** What is to be known of a definition that could be published. */
export const checkedDefinition = z.lazy(() =>
  z.strictObject({
    version: version(),
    /** What may be meant, and hardly is. */
    warnings: z.array(
      z.strictObject({
        /** `registration.opensAt`, `sessions.0.room`. */
        path: z.string(),
        /** In English, as all that the author of a definition alone reads. */
        message: z.string(),
      }),
    ),
    noLongerOffered: z.array(dropped()),
  }),
);

/** What of a copy is not as it is in the event that is copied. */
export const newCopy = z.lazy(() =>
  z.strictObject({
    /** Of the new event: 3 to 40 lower-case letters, digits and hyphens. */
    id: z.string(),
    /** In each language of the event. */
    title: title(),
    /** What subjects of mails call it, where its title is too long for them. */
    shortTitle: title().optional(),
    /** `YYYY-MM-DD`: all days move along with the first, and so do the times of registration. */
    firstDay: z.iso.date().refine((day) => day.startsWith('2')),
    /** To try everything in, with registration open at once; a copy of a rehearsal is one in any case. */
    rehearsal: z.literal(true).optional(),
  }),
);

export interface NewCopy extends z.output<typeof newCopy> {}

export const deletedRehearsal = z.lazy(() => z.strictObject({ status: z.literal('deleted') }));

export const newEvent = z.lazy(() => z.strictObject({ id: z.string(), version: version() }));
