import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import type { Output } from '../../kernel/stored.schema.ts';
import { ROLES } from '../../registration/registration.ts';
import { PRESENCES } from '../attendance/arrivals.ts';

/** Badges of one answer: as many as a printer takes at once, and few enough for a page of a browser. */
export const BADGES_A_PAGE = 500;

/** Of whom badges are wanted. */
export const badgeSearch = z.object({
  /** Id of a stakeholder group. */
  category: z.string().max(100).optional(),
  /** One person's alone; the only way to one of a minor (CS16). */
  reference: z.string().max(20).optional(),
  /** `next` of the page before. */
  after: z.string().max(200).optional(),
});

/** What is printed on an attendee's badge. */
const badge = once(() =>
  z.strictObject({
    reference: z.string(),
    /** Their ticket's id, 20 Crockford characters: doors find them by it, and who comes by nothing else on the badge. */
    code: z.string(),
    name: z.string(),
    nativeName: z.string().optional(),
    honorific: z.string().optional(),
    position: z.string().optional(),
    organisation: z.string().optional(),
    /** ISO 3166-1 alpha-2. */
    country: z.string().optional(),
    category: z.string().optional(),
    role: z.enum(ROLES).exclude(['attendee']).optional(),
    /** Does not want to be in pictures (CS7). */
    noPhoto: z.literal(true).optional(),
  }),
);
export interface Badge extends Output<typeof badge> {}

export const badges = z.lazy(() =>
  z.strictObject({
    badges: z.array(badge()).readonly(),
    /** All that fit, on every page. */
    total: z.int(),
    next: z.string().optional(),
  }),
);

/** How and when an attendee came in. */
const stay = () => ({
  /** How they came in there first. */
  mode: z.enum(['in-person', 'online']),
  /** When they came in first, ISO 8601. */
  cameAt: z.string(),
  /** When they were last scanned as leaving, ISO 8601; absent where they have not, or came in again since. */
  leftAt: z.string().optional(),
});

/** Where one attendee came, in order of time; without closed sessions for all but organisers. */
export const attendanceOfOne = z.lazy(() =>
  z.strictObject({
    came: z
      .array(
        z.strictObject({
          list: z.string(),
          /** As staff call it, or as its day or session is called; absent for the event's entrance. */
          name: z.string().optional(),
          ...stay(),
        }),
      )
      .readonly(),
  }),
);

/** Id of a day of the event: of a list for all of it, of which that day is told alone. */
export const dayAsked = z.object({ day: z.string().max(100).optional() });

/** Adults who came to a list, and who were expected there, in the order of their names. */
export const whoCame = z.lazy(() =>
  z.strictObject({
    people: z
      .array(
        z.strictObject({
          reference: z.string(),
          honorific: z.string().optional(),
          fullName: z.string(),
          badgeName: z.string().optional(),
          nativeName: z.string().optional(),
          organisation: z.string(),
          /** ISO 3166-1 alpha-2. */
          country: z.string(),
          category: z.string(),
          status: z.enum(PRESENCES),
          ...z.strictObject(stay()).partial().shape,
        }),
      )
      .readonly(),
    /** To organisers: tickets that came in at the door, and that are of nobody here: of people under 18, of erased ones, of nobody. */
    unnamed: z.int().optional(),
  }),
);
