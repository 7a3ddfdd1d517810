import * as z from 'zod';
import { PRESENCES } from '../../event/attendee.ts';
import { once } from '../../kernel/once.ts';
import type { Output } from '../../kernel/stored.schema.ts';
import { ROLES } from '../../registration/registration.ts';
import { actor } from '../../team/role/organiser-role.schema.ts';
import { MOST_MARKED } from '../attendance/arrivals.ts';
import { BOARD_BY, LONGEST_GROUP } from '../attendance/board.ts';
import { NUMBER_TABLES } from '../attendance/numbers.ts';

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

/** References of people who were chosen, in requests of some each. */
export const chosenWearers = z.lazy(() =>
  z.strictObject({ references: z.array(z.string().max(20)).min(1).max(BADGES_A_PAGE) }),
);

/** Who a person is, where members read of many by name. */
export const personNamed = () => ({
  reference: z.string(),
  honorific: z.string().optional(),
  fullName: z.string(),
  nativeName: z.string().optional(),
  organisation: z.string(),
  /** ISO 3166-1 alpha-2. */
  country: z.string(),
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
  /** When they came in first, ISO 8601: an instant, or the date alone once minutes are kept no longer. */
  cameAt: z.string(),
  /** When they were last scanned as leaving, likewise; absent where they have not, or came in again since. */
  leftAt: z.string().optional(),
  /** A member noted that they came: no phone scanned them. */
  isByHand: z.literal(true).optional(),
});

/** What one person was given of a thing, and brought back. */
export const givenToOne = () => ({
  /** How often. */
  given: z.int(),
  /** The last time, as `cameAt` of attendance. */
  givenAt: z.string(),
  /** It is lent, and they have it still. */
  isOut: z.literal(true).optional(),
  /**
   * How often beyond what it is meant for: two phones did not know of each other, or staff gave it anyway. Of something lent, one return says
   * nothing of the other.
   */
  beyond: z.int().optional(),
});

/** What someone was given of one thing, on their own page. */
const handedOutToOne = once(() =>
  z.strictObject({
    list: z.string(),
    name: z.string(),
    isLent: z.boolean(),
    ...givenToOne(),
    /** Of what is lent, and back: when it was brought back last, likewise. */
    backAt: z.string().optional(),
  }),
);

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
          /**
           * What was said as they were noted without a ticket, or against the rules: one of `WITHOUT_TICKET`, or a text; what the desk's phone is
           * called, absent of a member; and the member, until thirty days after the event, absent of marks of before it was kept.
           */
          said: z.strictObject({ why: z.string(), desk: z.string().optional(), by: actor().optional() }).optional(),
        }),
      )
      .readonly(),
    /** What they were given, and brought back, in the order in which organisers keep these things; it is no attendance. */
    handouts: z.array(handedOutToOne()).readonly(),
  }),
);

/** Id of a day of the event: of a list for all of it, of which that day is told alone. */
export const dayAsked = z.object({ day: z.string().max(100).optional() });

/** A part of people by name, where all of them are too many for one answer: those whose references begin with it. */
export const partAsked = z.object({
  part: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]$/)
    .optional(),
});

/** Adults who came to a list, and who were expected there, in the order of their names; a part, in that of their references. */
export const whoCame = z.lazy(() =>
  z.strictObject({
    people: z
      .array(
        z.strictObject({
          ...personNamed(),
          badgeName: z.string().optional(),
          category: z.string(),
          status: z.enum(PRESENCES),
          ...z.strictObject(stay()).partial().shape,
        }),
      )
      .readonly(),
    /**
     * To organisers: tickets that came in at the door, and that are of nobody here: of people under 18, of erased ones, of nobody. With all, or
     * with the first part.
     */
    unnamed: z.int().optional(),
  }),
);

export const numbers = z.lazy(() =>
  z.strictObject({
    /** Who holds a place, adults and people under 18: in steps of five; absent where they are fewer than ten, or nobody. */
    registered: z.int().optional(),
    /** The same of who came anywhere. */
    came: z.int().optional(),
    tables: z
      .array(
        z.strictObject({
          /** What people are told apart by. */
          about: z.enum(NUMBER_TABLES),
          /** Beside the others it would say too much of a few: it has no rows. */
          isWithheld: z.boolean(),
          rows: z
            .array(
              z.strictObject({
                /** Of a category, mode, day, session or quota; a country's code, or `others`. */
                id: z.string(),
                title: z.string().optional(),
                /** In steps of five; absent where they are fewer than ten, or nobody. */
                people: z.int().optional(),
                /** Seats of a quota in all. */
                capacity: z.int().optional(),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
  }),
);

/** Where a reader of attendance stands. */
const cursor = () => z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);

export const attendanceAsked = z.object({
  /** `next` of the page before, with its `cursor`. */
  after: z
    .string()
    .regex(/^[0-9A-Z]{10}$/)
    .optional(),
  /** Of the last page: then what was told since. Of a quarter of an hour ago, or more than a page behind, it begins anew. */
  cursor: cursor().optional(),
});

const place = () =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('event') }),
    z.strictObject({ kind: z.literal('day'), day: z.string() }),
    z.strictObject({ kind: z.literal('session'), session: z.string() }),
  ]);

/** People by their references, and for each list who of them came there. */
const attendanceTable = once(() =>
  z.strictObject({
    references: z.array(z.string()).readonly(),
    /** For each person, a letter for each part: `c` came, `e` is expected, `-` neither. */
    presences: z.array(z.string()).readonly(),
    /** By the id of a list: who came there first when, and left; instants in milliseconds. */
    came: z.record(
      z.string(),
      z.strictObject({
        /** Places in `references`. */
        rows: z.array(z.int()).readonly(),
        cameAt: z.array(z.int()).readonly(),
        /** Places in `references` of those who left, and did not come in again since. */
        left: z.array(z.int()).readonly(),
        leftAt: z.array(z.int()).readonly(),
        /** Places in `references` of those who came in online first, and of those who a member noted came. */
        online: z.array(z.int()).readonly(),
        byHand: z.array(z.int()).readonly(),
      }),
    ),
  }),
);
export interface AttendanceTable extends Output<typeof attendanceTable> {}

/** What a closed session is called: those who load this know it, and no public programme says it. */
const closedTitle = () => z.string().optional();

export const attendanceLoaded = z.lazy(() =>
  z.strictObject({
    /** The event, its days, and sessions with a list, in the order of the letters; of who is expected, nothing was recorded once it ended. */
    parts: z.array(z.strictObject({ place: place(), title: closedTitle(), ends: z.string() })).readonly(),
    lists: z
      .array(z.strictObject({ id: z.string(), name: z.string().optional(), place: place(), title: closedTitle() }))
      .readonly(),
    people: attendanceTable(),
    /** Minutes are kept no longer: all instants are noon of a day, or some milliseconds later. */
    daysOnly: z.literal(true).optional(),
    /** How many people the caller may see. */
    total: z.int(),
    /** Where the reader stands once they have the last page. */
    cursor: cursor(),
    /** The reference after which the next page begins; absent on the last. */
    next: z.string().optional(),
  }),
);

/** People who came and were not scanned. */
export const wantedMarks = z.lazy(() =>
  z.strictObject({
    /** References or numbers of tickets; what else is in a line is passed over. */
    lines: z.array(z.string().max(200)).min(1).max(MOST_MARKED).readonly(),
    /** When they came, ISO 8601 with offset. */
    at: z.iso.datetime({ offset: true }),
    why: z.string(),
    /** `look` says what would be done, and does nothing. */
    step: z.enum(['look', 'mark', 'take-back']),
  }),
);

/**
 * What becomes of a line. `came`: they came before; `repeated`: a line before names the same person; `minor`: people under 18 are marked one at
 * a time, by members who may see them; `unknown`: nobody of this event; `unreadable`: neither a reference nor a ticket number; `later`: there was
 * no time left, and the same again goes on; `not-marked`: no member marked them here.
 */
export const LINE_STATUSES = [
  ...(['ready', 'marked', 'taken-back', 'came', 'repeated', 'minor', 'unknown', 'unreadable'] as const),
  ...(['later', 'too-many', 'not-marked'] as const),
] as const;

const markedLine = once(() =>
  z.strictObject({
    status: z.enum(LINE_STATUSES),
    reference: z.string().optional(),
    fullName: z.string().optional(),
    /** When they came before, as `cameAt` of attendance, and whether a member marked that. */
    cameAt: z.string().optional(),
    isByHand: z.literal(true).optional(),
    /** Why a door would not have let them pass: they count, and a member has to look. */
    doubt: z.string().optional(),
  }),
);
export interface MarkedLine extends Output<typeof markedLine> {}

/** One for each line, in their order. */
export const markedLines = z.lazy(() => z.strictObject({ lines: z.array(markedLine()).readonly() }));

/** Of which list and day, what is on where it is absent; and by what people are told apart, which the event may not have. */
export const boardAsked = z.object({
  list: z.string().max(100).optional(),
  ...dayAsked.shape,
  groupBy: z.enum(BOARD_BY).optional(),
});

/** Id of a group of the board: of it alone. */
export const missingAsked = boardAsked.extend({ group: z.string().max(LONGEST_GROUP).optional() });

/** How many are expected, those who came without being so too; and how many of them came. */
const turnoutNumbers = { expected: z.int(), here: z.int() };
const turnout = once(() => z.strictObject(turnoutNumbers));

/** A phone that may hold scans which nobody knows of yet: seconds since it was heard of, and scans that waited then. */
export const silentPhone = once(() => z.strictObject({ name: z.string(), since: z.int(), waiting: z.int() }));

const boardBy = once(() => z.enum(BOARD_BY));

const boardShown = () => ({
  list: z.string(),
  /** Of a list for the whole event alone. */
  day: z.string().optional(),
  /** When it was counted, and when nobody comes any more, ISO 8601. */
  at: z.string(),
  ends: z.string(),
  by: boardBy(),
});

export const arrivalBoard = z.lazy(() =>
  z.strictObject({
    /** What a board may be of: lists, on each of their days. */
    choices: z
      .array(
        z.strictObject({
          list: z.string(),
          day: z.string().optional(),
          /** Absent for the event's entrance. */
          name: z.string().optional(),
          date: z.string().optional(),
          /** Of a session, `HH:MM`. */
          start: z.string().optional(),
        }),
      )
      .readonly(),
    /** Absent where there is no list. */
    shown: z
      .strictObject({
        ...boardShown(),
        /** By what people of this event can be told apart. */
        bys: z.array(boardBy()).readonly(),
        /** Adults, and those under 18 where `minors` are told. */
        total: turnout(),
        /** Those under 18; absent where fewer than five are expected. */
        minors: turnout().optional(),
        /** Of adults, by name; one without a label is of those who are of none. */
        groups: z.array(z.strictObject({ id: z.string(), label: z.string().optional(), ...turnoutNumbers })).readonly(),
        /** Adults of all groups that are too many to be shown. */
        rest: turnout().optional(),
        silent: z.array(silentPhone()).readonly(),
      })
      .optional(),
  }),
);

export const projectedArrivals = z.lazy(() =>
  z.strictObject({
    ...boardShown(),
    name: z.string().optional(),
    date: z.string().optional(),
    /** Absent where fewer than five are expected. */
    total: turnout().optional(),
    groups: z.array(z.strictObject({ label: z.string(), ...turnoutNumbers })).readonly(),
    /** All who are of no group that is shown; those under 18 are among them. */
    others: turnout().optional(),
    /** How many phones may hold scans that are not counted yet. */
    silent: z.int(),
  }),
);

/** In the order of their names. */
export const notYetHere = z.lazy(() =>
  z.strictObject({
    people: z
      .array(
        z.strictObject({
          ...personNamed(),
        }),
      )
      .readonly(),
    /** All of them, where they are more. */
    total: z.int(),
  }),
);
