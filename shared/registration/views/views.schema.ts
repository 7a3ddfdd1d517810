import * as z from 'zod';
import { eventParams } from '../../kernel/http/parts.schema.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { tagId } from '../tags/tags.schema.ts';

const shown = () =>
  z.object({
    filters: z.array(z.object({ field: z.string(), isNot: z.boolean(), values: z.array(z.string()) })),
    sort: z.string().optional(),
    columns: z.array(z.string()),
  });

/** The views of its list that a team saved. Nothing in them is of a person: neither what was searched for nor any text that was typed. */
export const storedViews = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  views: field(
    // `by` is the member who saved it first.
    z.array(z.object({ id: z.string(), name: z.string(), by: z.string(), shown: shown() })),
    'team',
    'event',
  ),
  /** Raised with each writing: what a conditional write compares. */
  revision: field(z.int(), 'impersonal', 'event'),
}));
export interface Views extends Omit<Output<typeof storedViews>, 'v'> {}
export type View = Views['views'][number];

/** 8 lower-case letters and digits, chosen by the member who makes it: the same again is one. */
export const viewParams = eventParams.extend({ viewId: tagId() });

/** Characters of a request: how many letters a reader counts, and how much a view holds, is looked at beyond that. */
const LONGEST_TEXT = 2000;
const LONGEST_FIELD = 100;
const MOST_VALUES = 300;
const name = () => z.string().max(LONGEST_FIELD);

/** What is not sent stays; a new view needs both. */
export const viewWords = z.lazy(() =>
  z.strictObject({
    name: z.string().max(LONGEST_TEXT).optional(),
    shown: z
      .strictObject({
        filters: z
          .array(
            z.strictObject({
              field: name(),
              isNot: z.boolean(),
              values: z.array(name()).min(1).max(MOST_VALUES),
            }),
          )
          .max(LONGEST_FIELD),
        sort: name().optional(),
        columns: z.array(name()).max(LONGEST_FIELD),
      })
      .optional(),
  }),
);

/** In the order of their names. */
export const viewList = z.lazy(() =>
  z.strictObject({
    views: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        shown: z.strictObject({
          filters: z.array(z.strictObject({ field: z.string(), isNot: z.boolean(), values: z.array(z.string()) })),
          sort: z.string().optional(),
          columns: z.array(z.string()),
        }),
        leftOut: z.int(),
        mayChange: z.boolean(),
      }),
    ),
  }),
);
