import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../../event/attendee.ts';
import { once } from '../../kernel/once.ts';
import type { Output } from '../../kernel/stored.schema.ts';
import { quotaSeat } from '../list/registrations.schema.ts';
import { ROLES } from '../registration.ts';

/** Where a reader stands: an instant, and which registration of it. */
const cursor = () => z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z(#[0-9A-Z]{10})?$/);

export const peopleAsked = z.object({
  /** `next` of the page before, with its `cursor`. */
  after: z
    .string()
    .regex(/^[0-9A-Z]{10}$/)
    .optional(),
  /** Of the last page: then what changed since. Of a quarter of an hour ago, or more than a page behind, it begins anew. */
  cursor: cursor().optional(),
});

/** The values that occur with, for each person, the place of theirs; or, without places, each person's value. */
const column = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ of: z.array(value.nullable()).readonly(), is: z.array(z.int()).readonly().optional() });

/** An instant, in milliseconds. */
const instants = () => column(z.int()).optional();
const texts = () => column(z.string()).optional();
const lists = () => column(z.array(z.string()).readonly()).optional();
const marks = () => column(z.literal(true)).optional();

/** A column an attribute, and one a question; `null` where a person has no value. */
const peopleColumns = once(() =>
  z.strictObject({
    size: z.int(),
    attributes: z.strictObject({
      ...{
        reference: texts(),
        revision: column(z.int()).optional(),
        status: column(z.enum(REGISTRATION_STATUSES)).optional(),
      },
      ...{
        role: column(z.enum(ROLES)).optional(),
        honorific: texts(),
        fullName: texts(),
        badgeName: texts(),
        nativeName: texts(),
      },
      ...{
        organisation: texts(),
        country: texts(),
        category: texts(),
        mode: column(z.enum(['in-person', 'online'])).optional(),
      },
      ...{ days: lists(), sessions: lists(), closedSessions: column(z.boolean()).optional(), language: texts() },
      /** Ids of tags of the event. */
      tags: lists(),
      seats: column(z.array(quotaSeat()).readonly()).optional(),
      ...{ unproven: marks(), optedOut: marks(), lapsed: marks(), isWalkIn: marks() },
      ...{ submittedAt: instants(), changedAt: instants(), pendingSince: instants(), waitingSince: instants() },
      ...{ meanwhile: column(z.literal('online')).optional(), delegation: texts() },
      ...{ question: column(z.enum(['asked', 'answered'])).optional(), questionSince: instants() },
      mail: column(z.enum(['bounced', 'refused', 'complained'])).optional(),
    }),
    /** By the id of their question. */
    answers: z.record(
      z.string(),
      column(z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()])),
    ),
  }),
);
export interface PeopleColumns extends Output<typeof peopleColumns> {}

export const peopleLoaded = z.lazy(() =>
  z.strictObject({
    people: peopleColumns(),
    /** How many people the caller may see: a reader who comes to another number lacks that one left, and begins anew. */
    total: z.int(),
    /** Names how far the caller reaches by now: a reader who was told another one drops whom they have, and begins anew. */
    reach: z.string(),
    /** Where the reader stands once they have the last page. */
    cursor: cursor(),
    /** The reference after which the next page begins; absent on the last. */
    next: z.string().optional(),
  }),
);

/** The whole address of someone. */
export const addressSought = z.lazy(() => z.strictObject({ email: z.string().max(LONGEST_ADDRESS) }));
/** Characters, with spaces around what RFC 5321 allows. */
const LONGEST_ADDRESS = 300;

/** Nothing where nobody within reach is registered with it. */
export const addressFound = z.lazy(() => z.strictObject({ reference: z.string().optional() }));

/** What is in a file that a console makes of what it has loaded. */
export const exportNoted = z.lazy(() =>
  z.strictObject({
    people: z.int().min(0),
    /** Names of its columns. */
    columns: z.array(z.string().max(LONGEST_NAME)).max(MOST_COLUMNS),
  }),
);
export const noted = z.lazy(() => z.strictObject({ noted: z.literal(true) }));

/** Characters of a column's name, and columns of a file. */
const LONGEST_NAME = 100;
const MOST_COLUMNS = 300;

/** People of one request: the console asks for more in several. */
export const MOST_ADDRESSES = 2_500;

/** Whose addresses are wanted: one by one, as they were chosen. */
export const addressesWanted = z.lazy(() =>
  z.strictObject({
    references: z
      .array(z.string().regex(/^[0-9A-Z]{10}$/))
      .min(1)
      .max(MOST_ADDRESSES),
  }),
);

export const addressesGiven = z.lazy(() =>
  z.strictObject({
    columns: z.array(z.string()),
    people: z.array(
      z.strictObject({
        reference: z.string(),
        /** A text for each column. */
        cells: z.array(z.string()),
      }),
    ),
  }),
);
