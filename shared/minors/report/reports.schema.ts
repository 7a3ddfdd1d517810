import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { said } from '../../team/role/organiser-role.schema.ts';
import { REPORT_ORDERS } from './report-order.ts';

/** How far those who look after children have come with a report; it begins as `new`. */
const LATER_REPORT_STATES = ['looked-at', 'handled'] as const;
export const REPORT_STATES = ['new', ...LATER_REPORT_STATES] as const;
export type ReportState = (typeof REPORT_STATES)[number];

const stepTaken = once(() => said().extend({ state: z.enum(LATER_REPORT_STATES), note: z.string().optional() }));
export interface ReportStep extends Output<typeof stepTaken> {}

/** What a person tells the safeguarding focal point, without signing in (CS17). */
export const storedReport = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  /** 10 characters, as of registrations: to ask about it later; no credential. */
  reference: field(z.string(), 'report', 'event'),
  what: field(z.string(), 'report', 'event'),
  /** How to reach its writer, if they want to be reached. */
  contact: field(z.string().optional(), 'report', 'event'),
  language: field(z.string(), 'report', 'event'),
  /** ISO 8601. */
  receivedAt: field(z.string(), 'report', 'event'),
  /** Whether it is said to be about an organiser: for deputies alone. */
  aboutOrganiser: field(z.literal(true).optional(), 'report', 'event'),
  /** Whether its sender did some work for it: it is listed above those that cost nothing, and is worth no more. */
  proven: field(z.literal(true).optional(), 'report', 'event'),
  /** The reference of the first one that said the same, under which it is listed; its own where there is none. */
  group: field(z.string().optional(), 'report', 'event'),
  /** Who opened it first. */
  opened: field(said().optional(), 'report', 'event'),
  /** What was done about it, oldest first. */
  steps: field(z.array(stepTaken()).default([]), 'report', 'event'),
}));
type StoredReport = Output<typeof storedReport>;
export interface Report extends Omit<StoredReport, 'v' | 'group'> {
  readonly group: NonNullable<StoredReport['group']>;
}

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

/** A page of what arrived, nothing of what it says: what is open first, of that what is new, or came first, or differs most. */
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

/** Where a page of up to 50 of those alike begins: what the one before said. */
export const reportPage = z.object({
  cursor: z
    .string()
    .regex(/^([123]#)?[\dTZ:.-]{24}#[0-9A-Z]{10}$/)
    .optional(),
});

/** A place in each of two lanes, in one of them, or a number. */
const PLACES =
  /^(([123]#)?[\dTZ:.-]{24}#[0-9A-Z]{10}|(3#([\dTZ:.-]{24}#[0-9A-Z]{10})?)?,([12]#[\dTZ:.-]{24}#[0-9A-Z]{10})?|\d{1,5})$/;

/** In which order a page lists reports, and where it begins: what the one before said. The first release's pattern knew one place alone. */
export const reportListPage = z.object({
  order: z.enum(REPORT_ORDERS).optional(),
  cursor: z
    .string()
    .refine((typed) => PLACES.test(typed))
    .optional(),
});

/** Of one report, those that say the same. */
export const alikeList = z.lazy(() =>
  z.strictObject({ reports: z.array(z.strictObject(row())), next: z.string().optional() }),
);

/** Since when a report waits that nobody has opened: to its readers, and to the secretariat where that is too long; and nothing else of it. */
export const unopenedReports = z.lazy(() =>
  z.strictObject({
    since: z.iso.datetime().optional(),
    /** To readers alone: of those that they may read, the first that waits. */
    toRead: z.iso.datetime().optional(),
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
