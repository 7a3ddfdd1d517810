import * as z from 'zod';
import { once } from '../kernel/once.ts';

const localText = once(() => z.record(z.string(), z.string()));
const day = once(() =>
  z.object({ id: z.string(), title: localText(), date: z.string(), start: z.string(), end: z.string() }),
);
const venue = once(() => z.object({ name: localText(), address: localText() }));
const session = once(() =>
  day().extend({
    day: z.string(),
    room: localText().optional(),
    audience: z.array(z.string()).optional(),
    gone: z.literal(true).optional(),
  }),
);

/** The programme as people know it, with its words. */
export const knownProgramme = once(() =>
  z.object({ days: z.array(day()), venue: venue(), sessions: z.array(session()) }),
);

/** What is otherwise than they know. */
export const programmeChange = once(() =>
  z.union([
    z.object({ what: z.literal('venue'), before: venue(), after: venue() }),
    z.object({ what: z.literal('day'), before: day(), after: day() }),
    z.object({ what: z.literal('session'), before: session(), after: session().optional() }),
    z.object({ what: z.literal('session'), before: z.undefined().optional(), after: session() }),
  ]),
);
