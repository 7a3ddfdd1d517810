import * as z from 'zod';
import { PRESENCES, REGISTRATION_STATUSES } from '../event/attendee.ts';
import { EVENT_STATUSES } from '../event/event.ts';
import { knownProgramme, programmeChange } from '../event/known-programme.schema.ts';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import { ANNOUNCEMENT_KINDS } from '../mail/kinds.ts';
import { announcementWords } from '../mail/outbox/message.schema.ts';

/** Whom an announcement is for: everyone who meets all of what is named; what is absent leaves nobody out. */
const segment = once(() =>
  z.object({
    statuses: z.array(z.enum(REGISTRATION_STATUSES)).optional(),
    categories: z.array(z.string()).optional(),
    /** An attendee who waits for a seat in the room and is online until then is in both. */
    modes: z.array(z.enum(['in-person', 'online'])).optional(),
    /** Sessions of which one at least was signed up for. */
    sessions: z.array(z.string()).optional(),
    /** How they stand at a part of the event, by what was scanned when the mail is written; of `attendanceAt`, at one of these at least. */
    attendance: z.array(z.enum(PRESENCES)).optional(),
    /** `event` where absent, or `day:` or `session:` with an id. */
    attendanceAt: z.array(z.string()).optional(),
    /** Attendees who take part: with a place, or waiting for one in the room and online until then. */
    attending: z.literal(true).optional(),
    /** How many adults were chosen one by one: nobody else is meant. Who they are is kept beside it. */
    chosen: z.int().optional(),
  }),
);
export interface Segment extends Output<typeof segment> {}

/**
 * Mail about one thing to many, one for each of them. It is written once, with whatever causes it; a job then goes through the
 * registrations and writes the mails, which tell how things stand when they are sent.
 */
const announcement = stored(() => ({
  eventId: field(z.string(), 'impersonal', 'event'),
  /** Names it within its event. Its maker may choose it, so that the same is made once only. */
  id: field(z.string(), 'impersonal', 'event'),
  kind: field(z.enum(ANNOUNCEMENT_KINDS), 'impersonal', 'event'),
  segment: field(segment(), 'impersonal', 'event'),
  /** ISO 8601. */
  createdAt: field(z.string(), 'impersonal', 'event'),
  /** Of an organiser's message: what it says, in each of its event's languages. */
  words: field(z.record(z.string(), announcementWords()).optional(), 'impersonal', 'event'),
  /** Of one about the programme: what changed. */
  changes: field(z.array(programmeChange()).optional(), 'impersonal', 'event'),
  /** Of an organiser's message: how many mails it was to become when it was sent. */
  expected: field(z.int().optional(), 'impersonal', 'event'),
  /** Of an organiser's message: the member who sent it; absent of those that were sent before that was kept. */
  by: field(z.string().optional(), 'team', 'event'),
}));
export interface Announcement extends Output<typeof announcement> {}

/** Up to when it was counted what became of its mails, and how that is kept. */
const countedResults = once(() =>
  z.object({
    /** When the count began, ISO 8601. */
    countedAt: z.string(),
    /** Mails that were written by then. */
    written: z.int(),
    /** Items that hold them. */
    places: z.int(),
    /** None was written any more: others than these need not be looked for. */
    isWhole: z.literal(true).optional(),
    /** Since when none waits to leave, ISO 8601. */
    quietSince: z.string().optional(),
  }),
);
export interface CountedResults extends Output<typeof countedResults> {}

/** How far writing its mails has come. */
const progress = stored(() => ({
  /** The reference of the last registration that was looked at; none before the first. */
  cursor: field(z.string().optional(), 'mail', 'event'),
  /** Mails that were written. */
  written: field(z.int(), 'impersonal', 'event'),
  /** Since when all were, ISO 8601. */
  doneAt: field(z.string().optional(), 'impersonal', 'event'),
  /** Since when nothing of it is to leave any more, ISO 8601. */
  stoppedAt: field(z.string().optional(), 'impersonal', 'event'),
  /** It was stopped since its sender may not write to many any more. */
  senderLeft: field(z.literal(true).optional(), 'impersonal', 'event'),
  /** Since when what it tells was also written to guardians of minors, ISO 8601. */
  guardiansAt: field(z.string().optional(), 'impersonal', 'event'),
  results: field(countedResults().optional(), 'impersonal', 'event'),
}));
export interface AnnouncementProgress extends Output<typeof progress> {}

/** References of those for whom an announcement is, who were chosen one by one; an erased person is an empty text. */
export const storedAnnouncedTo = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  people: field(z.array(z.string()), 'mail', 'event'),
}));

/** An announcement, and how far writing its mails has come. */
export const storedAnnouncement = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  ...announcement.fields(),
  ...progress.fields(),
}));
export interface StoredAnnouncement extends Omit<Output<typeof storedAnnouncement>, 'v'> {}

/** Whether an event takes place, and on which dates: as people were told, or knew before anything was told. */
const announcedState = once(() =>
  z.object({
    status: z.enum(EVENT_STATUSES),
    /** `YYYY-MM-DD`; none where there is nothing to come to. */
    dates: z.array(z.string()),
    /** The id of the announcement that tells it; none of the first. */
    announcement: z.string().optional(),
    /** ISO 8601. */
    since: z.string(),
  }),
);
export interface AnnouncedState extends Output<typeof announcedState> {}

/** What people know of an event that was published before: what is otherwise now, they are told once. */
export const storedTold = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  /** Raised with each change: what a conditional write compares. */
  revision: field(z.int(), 'impersonal', 'event'),
  /** The first and the last of them, in order of time. */
  standings: field(z.array(announcedState()), 'impersonal', 'event'),
  programme: field(knownProgramme(), 'impersonal', 'event'),
  /** When changes of the programme were last told, ISO 8601. */
  programmeToldAt: field(z.string().optional(), 'impersonal', 'event'),
}));
export interface AnnouncedStatus extends Omit<Output<typeof storedTold>, 'v'> {}
