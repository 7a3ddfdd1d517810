import * as z from 'zod';
import { LATER_REPORT_STATES, REPORT_STATES } from './report.ts';

const row = () => ({
  /** 10 characters: its writer was shown them too. */
  reference: z.string(),
  receivedAt: z.iso.datetime(),
  state: z.enum(REPORT_STATES),
  /** When a reader opened it first. */
  openedAt: z.iso.datetime().optional(),
  /** Whether it is said to be about an organiser: deputies alone see it. */
  aboutOrganiser: z.boolean(),
  /** Whether its sender's browser did some work for it: a flood that costs nothing is listed below. */
  proven: z.boolean(),
});

/** A page of what arrived: what is open first, and what is new; nothing of what it says. */
export const reportList = z.lazy(() =>
  z.strictObject({
    reports: z.array(
      z.strictObject({
        ...row(),
        /** How many more came that say the same. */
        more: z.int().nonnegative(),
      }),
    ),
    /** `cursor` of the next page; absent on the last one. */
    next: z.string().optional(),
  }),
);

/** Where a page of up to 50 begins: what the one before said. */
export const reportPage = z.object({
  cursor: z
    .string()
    .regex(/^([123]#)?[\dTZ:.-]{24}#[0-9A-Z]{10}$/)
    .optional(),
});

/** Of one report, those that say the same. */
export const alikeList = z.lazy(() =>
  z.strictObject({ reports: z.array(z.strictObject(row())), next: z.string().optional() }),
);

/** To the secretariat: since when a report waits that nobody has opened, where that is too long; and nothing else of it. */
export const unopenedReports = z.lazy(() =>
  z.strictObject({
    since: z.iso.datetime().optional(),
    /** Nobody of safeguarding may read reports: they reach the deputy alone. */
    nobodyReads: z.literal(true).optional(),
    /** No member is a deputy: nobody may read reports about organisers. */
    nobodyReadsAboutOrganisers: z.literal(true).optional(),
  }),
);

const step = () =>
  z.strictObject({
    state: z.enum(LATER_REPORT_STATES),
    at: z.iso.datetime(),
    /** What the member who did it is called in the team; absent once they have left it. */
    by: z.string().optional(),
    note: z.string().optional(),
  });

export const report = z.lazy(() =>
  z.strictObject({
    ...row(),
    /** Who opened it first, by what they are called in the team; absent once they have left it. */
    openedBy: z.string().optional(),
    /** The first that said the same, under which it is listed. */
    group: z.string(),
    what: z.string(),
    /** How to reach its writer, if they want to be reached. */
    contact: z.string().optional(),
    /** In which it was written, or read: a BCP 47 tag. */
    language: z.string(),
    /** What was done about it, oldest first. */
    steps: z.array(step()),
  }),
);

/** Characters of a request; how many letters a reader counts is checked beyond that. */
const LONGEST_NOTE = 8000;

export const reportStep = z.lazy(() =>
  z.strictObject({
    state: z.enum(LATER_REPORT_STATES),
    /** What was done, for others who look after children; at most 1,000 letters. */
    note: z.string().max(LONGEST_NOTE).optional(),
    /** How many steps there were when it was looked at: nobody overrules what they did not see. */
    after: z.int().nonnegative(),
  }),
);
