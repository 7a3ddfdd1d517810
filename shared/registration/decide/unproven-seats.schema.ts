import * as z from 'zod';
import { RELEASES } from '../../event/event.ts';

/** Characters of a domain (RFC 5321). */
const LONGEST_DOMAIN = 255;
/** Groups that one press releases: each is a job, and a transaction takes a hundred items. */
const MOST_GROUPS = 90;
/** As many as are listed; no more are read. */
export const MOST_UNREACHED = 100;

const minute = () => z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);

/** Seats that nobody has proven, and which of them may give way. */
export const unprovenSeats = z.lazy(() =>
  z.strictObject({
    unproven: z.int(),
    /** How many wait for a seat. */
    waiting: z.strictObject({ proven: z.int(), unproven: z.int() }),
    /** Seats that are over and that proven people wait for, by the domain of their addresses and the minute (UTC) in which they came. */
    proposed: z.array(z.strictObject({ domain: z.string(), minute: minute(), seats: z.int() })),
    /** Domains with unusually many. */
    crowded: z.array(z.strictObject({ domain: z.string(), seats: z.int() })),
    /** Those whom no mail reaches: it came back, or none was delivered in 72 hours. They keep their seats. At most 100. */
    unreached: z.array(z.strictObject({ reference: z.string(), name: z.string() })),
    /** As the event's definition says, or what is so without it. */
    proveWithin: z.string(),
    releaseUnproven: z.enum(RELEASES),
    /** Whether it is early enough before the event for any to be released. */
    mayRelease: z.boolean(),
  }),
);

/** Groups of those whose time is over; or, without a minute, all of a domain at once. */
export const seatRelease = z.lazy(() =>
  z.strictObject({
    seats: z
      .array(z.strictObject({ domain: z.string().min(1).max(LONGEST_DOMAIN), minute: minute().optional() }))
      .min(1)
      .max(MOST_GROUPS),
  }),
);

/** They are released within seconds. */
export const seatsReleased = z.lazy(() => z.strictObject({ groups: z.int() }));
