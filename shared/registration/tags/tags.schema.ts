import * as z from 'zod';
import { eventParams } from '../../kernel/http/parts.schema.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { MOST_TAGS } from './tags.ts';

/** 8 lower-case letters and digits, chosen by the member who makes it: the same again is one. */
export const tagId = () => z.string().regex(/^[a-z0-9]{8}$/);

const tag = () => z.object({ id: z.string(), name: z.string(), purpose: z.string() });

/** The tags of an event: what they are called, and what for. Who has one says their registration. */
export const storedTags = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  tags: field(z.array(tag()), 'impersonal', 'published'),
  /** Ids of the tags that were removed last: a form that was open meanwhile brings none of them back. */
  removed: field(z.array(z.string()).optional(), 'impersonal', 'published'),
  /** Raised with each writing: what a conditional write compares. */
  revision: field(z.int(), 'impersonal', 'published'),
}));
export interface Tags extends Omit<Output<typeof storedTags>, 'v'> {}
export type Tag = Tags['tags'][number];

export const tagParams = eventParams.extend({ tagId: tagId() });

/** Characters of a request; how many letters a reader counts is checked beyond that. */
const LONGEST_TEXT = 2000;

/** What a tag is called, and what it is for: plain text, in one language. */
export const tagWords = z.lazy(() =>
  z.strictObject({ name: z.string().max(LONGEST_TEXT), purpose: z.string().max(LONGEST_TEXT) }),
);

/** In the order in which they were made. */
export const tagList = z.lazy(() =>
  z.strictObject({ tags: z.array(z.strictObject({ id: z.string(), name: z.string(), purpose: z.string() })) }),
);

/** Ids of tags that a person gets, and of those that they lose: what is not named stays. */
export const tagging = z.lazy(() =>
  z.strictObject({
    set: z.array(tagId()).max(MOST_TAGS).default([]),
    unset: z.array(tagId()).max(MOST_TAGS).default([]),
  }),
);
