import * as z from 'zod';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';

/**
 * What organisers noted on an adult, for each other: in no list, file, message, search or phone. It goes with the registration, as another
 * person comes in its place, and thirty days after the event.
 */
export const storedNotes = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'month'),
  /** The oldest first: by whom, a member's id, and when, ISO 8601. */
  notes: field(
    z.array(z.object({ id: z.string(), by: z.string(), at: z.string(), text: z.string() })),
    'notes',
    'month',
  ),
  /** Raised with each writing: what a conditional write compares. */
  revision: field(z.int(), 'impersonal', 'month'),
}));
export interface Notes extends Omit<Output<typeof storedNotes>, 'v'> {}
export type Note = Notes['notes'][number];

/** 8 lower-case letters and digits, chosen by the member who writes it: the same again is one. */
export const noteId = () => z.string().regex(/^[a-z0-9]{8}$/);

/** Characters of a request: how many letters a reader counts is checked beyond that. */
const LONGEST_TEXT = 30_000;

export const noteWords = z.lazy(() => z.strictObject({ text: z.string().max(LONGEST_TEXT) }));

/** The newest first. */
export const noteList = z.lazy(() =>
  z.strictObject({
    notes: z.array(
      z.strictObject({
        id: z.string(),
        at: z.iso.datetime(),
        /** What the team calls who wrote it; absent of one who left the team. */
        by: z.string().optional(),
        text: z.string(),
        /** Whether the reader may take it away. */
        mayRemove: z.boolean(),
      }),
    ),
  }),
);
