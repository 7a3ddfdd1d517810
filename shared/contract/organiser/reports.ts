import * as z from 'zod';
import { LATER_REPORT_STATES, REPORT_STATES } from '../../domain/report.ts';

const row = () => ({
  /** 10 characters: whoever wrote it was shown them too. */
  reference: z.string(),
  receivedAt: z.iso.datetime(),
  state: z.enum(REPORT_STATES),
});

/** What arrived, newest first: nothing of what it says. */
export const reportList = z.lazy(() => z.strictObject({ reports: z.array(z.strictObject(row())) }));

const step = () =>
  z.strictObject({
    state: z.enum(LATER_REPORT_STATES),
    at: z.iso.datetime(),
    /** What whoever did it is called in the team; absent once they have left it. */
    by: z.string().optional(),
    note: z.string().optional(),
  });

export const report = z.lazy(() =>
  z.strictObject({
    ...row(),
    what: z.string(),
    /** How to reach whoever wrote it, if they want to be reached. */
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
