import * as z from 'zod';
import { ID, LONGEST_ID } from '../../kernel/event-id.ts';
import { once } from '../../kernel/once.ts';
import { unprovenRules } from '../definition/event-definition.schema.ts';
import { EVENT_STATUSES, RELEASES } from '../event.ts';

/** Seats in which no event has ever had people. */
const MOST_SEATS = 1_000_000;
/** Characters of one text in one language. */
const LONGEST_TEXT = 4000;

/** Of the definition that a change was made on: what another member changed meanwhile is not overwritten. */
const version = once(() => z.int().positive());
const localText = once(() => z.record(z.string(), z.string().max(LONGEST_TEXT)));
const id = once(() => z.string().regex(ID).max(LONGEST_ID));
const localTime = once(() => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/));

const quotaState = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    /** Seats in all; of a quota per organisation or country: for each. */
    capacity: z.int(),
    per: z.enum(['organisation', 'country']).optional(),
    taken: z.int(),
    waiting: z.int(),
    /** Whether more are taken than there are: they stay taken, and no more are given. */
    overfull: z.boolean(),
    /** Of a quota per organisation or country: each one that has a seat or waits for one. */
    groups: z
      .array(
        z.strictObject({
          /** As an attendee of it wrote it, or the code of the country; empty where nobody is in it whom the caller may see. */
          name: z.string(),
          taken: z.int(),
          waiting: z.int(),
          overfull: z.boolean(),
        }),
      )
      .optional(),
  });
export type QuotaGroup = NonNullable<z.output<ReturnType<typeof quotaState>>['groups']>[number];

/** How full each quota is. */
export const quotaStates = z.lazy(() => z.strictObject({ version: version(), quotas: z.array(quotaState()) }));

export const capacity = z.lazy(() =>
  z.strictObject({ version: version(), capacity: z.int().nonnegative().max(MOST_SEATS) }),
);

/** ISO 8601 with offset. */
const instant = once(() => z.iso.datetime({ offset: true }));
/** By the server's clock, whatever the sender's says; in no year that a calendar is asked about in vain. */
const instantOrNow = once(() => z.union([z.literal('now'), instant().refine((at) => at.startsWith('2'))]));

/** Opening what is open, or closing what is closed, changes nothing; what is not sent stays. */
export const newRegistrationWindow = z.lazy(() =>
  z.strictObject({
    version: version(),
    opensAt: instantOrNow().optional(),
    closesAt: instantOrNow().optional(),
    ...unprovenRules(),
  }),
);

const session = once(() =>
  z.strictObject({
    title: localText(),
    day: id(),
    /** `HH:MM` in the event's time zone. */
    start: localTime(),
    end: localTime(),
    abstract: localText().optional(),
    room: localText().optional(),
    meetingUrl: z.url({ protocol: /^https$/ }).optional(),
    /** Whether it is chosen in the form; without it, it takes no more sign-ups. */
    signUp: z.boolean().optional(),
    /** Whether it may be chosen beside another one at the same time. */
    mayOverlap: z.boolean().optional(),
    /** Makes it a closed session, for these groups. */
    audience: z.array(id()).min(1).optional(),
  }),
);

/** What a change of a definition led to. */
export const newVersion = z.lazy(() => z.strictObject({ version: version() }));

/** A session as it is to be from now on; one with an unknown id is added. */
export const newSession = z.lazy(() => z.strictObject({ version: version(), session: session() }));

/** What became of an event, and how many mails it causes to say otherwise. */
export const eventState = z.lazy(() =>
  z.strictObject({
    version: version(),
    status: z.enum(EVENT_STATUSES),
    /** Whether it can move there. */
    offersOnline: z.boolean(),
    /** Everyone who comes, waits or is to decide; of a delegation's people without an address, its coordinator. */
    recipients: z.int(),
  }),
);

export const newEventStatus = z.lazy(() =>
  z.strictObject({
    version: version(),
    status: z.enum(EVENT_STATUSES),
    /** `YYYY-MM-DD`: all days move along with the first, and what is held on them. Where absent, they stay as they are. */
    firstDay: z.iso.date().optional(),
  }),
);

/** What of a definition is changed from the console, with its words in every language. */
export const programme = z.lazy(() =>
  z.strictObject({
    version: version(),
    languages: z.array(z.string()).readonly(),
    /** How many words each language lacks, where it lacks any: those of another language stand in. */
    missing: z.record(z.string(), z.int()),
    timeZone: z.string(),
    registration: z.strictObject({
      opensAt: instant(),
      closesAt: instant(),
      state: z.enum(['not-open', 'open', 'closed']),
      /** It was published shut, and opens at no time by itself. */
      closed: z.boolean().optional(),
      /** Of the definition, or what is so without it. */
      proveWithin: z.string(),
      releaseUnproven: z.enum(RELEASES),
    }),
    days: z.array(z.strictObject({ id: z.string(), title: localText(), date: z.string() })),
    categories: z.array(z.strictObject({ id: z.string(), title: localText() })),
    sessions: z.array(session().extend({ id: id() })),
    /** Each two sessions of which nobody can be at both, and how many attendees have both; for who edits the event, and where any have. */
    attendedAtOnce: z.array(z.strictObject({ session: id(), other: id(), attendees: z.int().positive() })).optional(),
  }),
);
