import * as z from 'zod';
import { SET_NAMES } from '../role/ticks.ts';
import { AUDIT_ACTIONS, AUDIT_KINDS } from './audit.ts';

/** `next` of the page before. One that is made up is only another place in the same list. */
export const auditBefore = z.object({
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w-]{22}$/)
    .optional(),
});

/** Which entries are wanted: all of them where nothing is said. */
export const auditFilter = z.object({
  /** A member, a phone, or the command line. */
  who: z
    .string()
    .regex(/^(?:[\w-]{43}|device [0-9A-HJKMNP-TV-Z]{8}|command-line)$/)
    .optional(),
  kind: z.enum(AUDIT_KINDS).optional(),
  /** First and last day, both included, at the event: `2027-11-02`. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Of an adult, as people write it. */
  reference: z.string().max(40).optional(),
});
export interface AuditFilter extends z.output<typeof auditFilter> {}

/** What was noted, newest first. */
export const auditPage = z.lazy(() =>
  z.strictObject({
    entries: z.array(
      z.strictObject({
        at: z.iso.datetime(),
        by: z.string(),
        /** What the team called them then; of those of whom it was not noted nothing. */
        byLabel: z.string().optional(),
        action: z.enum(AUDIT_ACTIONS),
        kind: z.enum(AUDIT_KINDS),
        /** Whether it is about someone under 18. */
        person: z.enum(['adult', 'minor']).optional(),
        /** Of their registration, for members who may see them there, and may know of it. */
        reference: z.string().optional(),
        /** Id of what else it is about: a quota, session, list, device, form, invitation or member. */
        about: z.string().optional(),
        /** What the team calls the member or phone that it is about. */
        label: z.string().optional(),
        /** Sets of ticks that were given, accepted or taken back. */
        sets: z.array(z.enum(SET_NAMES)).optional(),
        vettedUntil: z.string().optional(),
        why: z.string().optional(),
        /** How many people were seen or changed, and which columns of them. */
        people: z.int().optional(),
        columns: z.array(z.string()).optional(),
      }),
    ),
    /** Where older ones begin. Of several things asked for at once a page may have few entries, or none, and go on. */
    next: z.string().optional(),
  }),
);
