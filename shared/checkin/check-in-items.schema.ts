import * as z from 'zod';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import { HOW_OFTEN } from './choices.ts';
import { sentScan } from './scan/scans.schema.ts';

const ITEM_VERSION = 1;

/** Where people are checked in, and who may come in there, as an organiser sets it. */
const checkInList = once(() =>
  z.object({
    /** Lower-case letters, digits and hyphens. */
    id: z.string(),
    /** What staff call it, where that is not the name of its place. */
    name: z.string().optional(),
    place: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('event') }),
      z.object({ kind: z.literal('day'), day: z.string() }),
      z.object({ kind: z.literal('session'), session: z.string() }),
    ]),
    /** Instants, ISO 8601; where absent, they follow the programme. */
    opensAt: z.string().optional(),
    closesAt: z.string().optional(),
    /** Stakeholder groups that may come in; all where absent. */
    categories: z.array(z.string()).optional(),
    /** How people who come in here registered. */
    modes: z.array(z.enum(['in-person', 'online'])),
    /** Of a session: only those who signed up for it. A closed session is for those alone who were let into it, whatever this says. */
    signedUpOnly: z.boolean(),
    /**
     * `once`: everyone comes in once, and a second time is a mistake or another person.
     * `again`: people go in and out as they like, and are counted once.
     * `in-and-out`: who leaves is scanned too, so that it is known who is inside.
     */
    passing: z.enum(['once', 'again', 'in-and-out']),
    /** How many people the room holds; attendees who come then are let in, and staff are told. */
    capacity: z.int().optional(),
  }),
);
export interface CheckInList extends Output<typeof checkInList> {}

/** What people are checked in to. */
export type Place = CheckInList['place'];

export type Passing = CheckInList['passing'];

/** What is handed out or lent by scanning tickets, as an organiser sets it up. It is no door: what is scanned for it is nobody's attendance. */
const handout = once(() =>
  z.object({
    /** As of a check-in list, and of none of them. */
    id: z.string(),
    /** "Headset" */
    name: z.string(),
    often: z.enum(HOW_OFTEN),
    /** Whether it is to be brought back. */
    isLent: z.boolean(),
    /** Stakeholder groups that get it; all where absent. */
    categories: z.array(z.string()).optional(),
  }),
);
export interface Handout extends Output<typeof handout> {}

/** The lists of an event: one item, for they are read together and are few. */
export const storedCheckInLists = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'published'),
  lists: field(z.array(checkInList()), 'impersonal', 'published'),
  /** Beside the lists, so that nothing takes them for doors. */
  handouts: field(z.array(handout()).optional(), 'impersonal', 'published'),
  /** What a conditional write compares: 0 where none were ever kept, and the usual ones hold. */
  revision: field(z.int(), 'impersonal', 'published'),
}));
export interface CheckInLists extends Omit<Output<typeof storedCheckInLists>, 'v' | 'handouts'> {
  readonly handouts: readonly Handout[];
}

/**
 * How scans of one ticket are to be understood, where a person had to look: it was the same person twice; another person had
 * the ticket; they were let in although the rules say otherwise; it was scanned by mistake. `open-again`: what was said of them before
 * holds no more, and an organiser has to look anew.
 */
export const DECISIONS = ['same-person', 'someone-else', 'let-in', 'mistake', 'open-again'] as const;

/**
 * What a person decided on scans: a fact of its own beside them, of which it changes none, written once and never changed. Of several on
 * the same scan the last one holds; those before stay on record.
 */
export const storedCheckInDecision = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  list: field(z.string(), 'attendance', 'event'),
  /** `ticketHash`, base64url. */
  ticket: field(z.string(), 'attendance', 'event'),
  decision: field(z.enum(DECISIONS), 'attendance', 'event'),
  note: field(z.string().optional(), 'attendance', 'event'),
  /** Ids of the scans that the member saw, and decided on. */
  scans: field(z.array(z.string()), 'attendance', 'event'),
  /** ISO 8601. */
  at: field(z.string(), 'attendance', 'event'),
  /** The member who decided. */
  by: field(z.string(), 'team', 'event'),
}));
export interface Decision extends Omit<Output<typeof storedCheckInDecision>, 'v'> {}

/** How a scan stands that waits for a person. `refused`: it was to count, and the server could not keep it. */
export const HELD_STATUSES = ['open', 'counted', 'left-out', 'refused'] as const;
export type HeldStatus = (typeof HELD_STATUSES)[number];

/** Scans that a phone made before it was shut out, and those after: they are shown, and decided on, apart. */
export const HELD_PARTS = ['before', 'after'] as const;
export type HeldPart = (typeof HELD_PARTS)[number];

export const HAND_OVER_DECISIONS = ['count', 'leave-out'] as const;
export type HandOverDecision = (typeof HAND_OVER_DECISIONS)[number];

/** What an organiser pressed last. Where scans are open still, the press was interrupted, and the next one goes on. */
const pressed = once(() =>
  z.object({
    decision: z.enum(HAND_OVER_DECISIONS),
    /** The member. */
    by: z.string(),
    /** ISO 8601. */
    at: z.string(),
  }),
);
export interface Pressed extends Output<typeof pressed> {}

/** One part of a hand-over: how many of its scans stand how, and when the first and the last were made, epoch milliseconds. */
const partTally = once(() =>
  z.object({
    statuses: z.object({ open: z.int(), counted: z.int(), 'left-out': z.int(), refused: z.int() } satisfies Record<
      HeldStatus,
      unknown
    >),
    from: z.int(),
    to: z.int(),
    pressed: pressed().optional(),
  }),
);
export interface PartTally extends Output<typeof partTally> {}

/**
 * Scans of one phone that count nowhere until a person says so: those of a file that it saved, or those that it sent when it was shut
 * out already and that are not believed without being looked at.
 */
export const storedHandOver = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  /** Of a file: a hash of it, so that the same file is the same hand-over. Of what a phone sent: the id of the phone. */
  id: field(z.string(), 'records', 'event'),
  device: field(z.string(), 'team', 'event'),
  /** The member who brought the file; absent of what the phone sent. */
  by: field(z.string().optional(), 'team', 'event'),
  /** When it came, ISO 8601. */
  at: field(z.string(), 'team', 'event'),
  /** Entries of the file; absent of what a phone sent. */
  entries: field(z.int().optional(), 'records', 'event'),
  /** Whether all of the file came in. */
  isWhole: field(z.boolean(), 'records', 'event'),
  /** What its scans come to, by those that are held, below. */
  parts: field(
    z.object({ before: partTally().optional(), after: partTally().optional() } satisfies Record<HeldPart, unknown>),
    'attendance',
    'minutes',
  ),
  /** Raised with each change: what a conditional write compares. 0 where there is none yet. */
  revision: field(z.int(), 'records', 'event'),
}));
export interface StoredHandOver extends Omit<Output<typeof storedHandOver>, 'v'> {}
export interface HandOver extends Omit<StoredHandOver, 'revision'> {}

/**
 * A scan that waits for a person, as it was told but for the reference of a registration: whose ticket it is is found again when it is
 * to count, and nothing here says it of an attendee who had everything erased.
 */
export const storedHeldScan = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  part: field(z.enum(HELD_PARTS), 'attendance', 'event'),
  status: field(z.enum(HELD_STATUSES), 'attendance', 'event'),
  /** By the phone, epoch milliseconds. */
  at: field(z.int(), 'attendance', 'minutes'),
  /** Absent once it counts: then it is a scan like any other. */
  scan: field(sentScan.optional(), 'attendance', 'minutes'),
  walkIn: field(sentScan.unwrap().shape.walkIn, 'person', 'event'),
}));

/** What of a scan that is held says how its part stands. */
export interface PartState extends Pick<Output<typeof storedHeldScan>, 'part' | 'status' | 'at'> {}
