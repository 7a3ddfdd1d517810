import * as z from 'zod';
import { once } from '../kernel/once.ts';
import type { Output } from '../kernel/stored.schema.ts';

const localText = once(() => z.record(z.string(), z.string()));
const day = once(() =>
  z.object({ id: z.string(), title: localText(), date: z.string(), start: z.string(), end: z.string() }),
);
export interface KnownDay extends Output<typeof day> {}

const venue = once(() => z.object({ name: localText(), address: localText() }));
export interface KnownVenue extends Output<typeof venue> {}

const session = once(() =>
  day().extend({
    /** Id of its day. */
    day: z.string(),
    room: localText().optional(),
    audience: z.array(z.string()).optional(),
    /** People were told that it does not take place. */
    gone: z.literal(true).optional(),
  }),
);
export interface KnownSession extends Output<typeof session> {}

/** What people plan by: when the days and sessions are, and where. Words are in every language of the event. */
export const knownProgramme = once(() =>
  z.object({ days: z.array(day()), venue: venue(), sessions: z.array(session()) }),
);
export interface KnownProgramme extends Output<typeof knownProgramme> {}

/**
 * One thing that is not as people were told. A session that has nothing before it is new to those who are told; one that has nothing
 * after it does not take place for them.
 */
export const programmeChange = once(() =>
  z.union([
    z.object({ what: z.literal('venue'), before: venue(), after: venue() }),
    z.object({ what: z.literal('day'), before: day(), after: day() }),
    z.object({ what: z.literal('session'), before: session(), after: session().optional() }),
    z.object({ what: z.literal('session'), before: z.undefined().optional(), after: session() }),
  ]),
);
export type ProgrammeChange = Output<typeof programmeChange>;
