import * as z from 'zod';
import { PRESENCES, REGISTRATION_STATUSES } from '../event/attendee.ts';
import { LONGEST_ID } from '../kernel/event-id.ts';
import { once } from '../kernel/once.ts';
import { FATES } from '../mail/fate/mail-event.schema.ts';
import { ANNOUNCEMENT_KINDS } from '../mail/kinds.ts';
import { FAILURES } from '../mail/outbox/message.schema.ts';
import { MOST_IN_BULK } from '../registration/bulk/bulk.ts';
import { RESULT_STATES } from './announcement.ts';
import { REASONS_LEFT_OUT } from './write/audience.ts';

/** As many ids as an event has categories or sessions, and more. */
const MOST_CHOSEN = 200;
/** `session:` and an id. */
const LONGEST_PART = LONGEST_ID + 'session:'.length;
/** Code units of one text: more than its letters can need, which are counted later. */
const LONGEST_TEXT = 200_000;
/** A cursor is a reference. */
const LONGEST_REFERENCE = 20;

/** 128 random bits, chosen by the organiser, so that the same message is sent once however often it is asked for. */
export const newMessageId = z.string().regex(/^[\w-]{22}$/);
/** Of any announcement: those that we write by ourselves are named by kind and date. */
export const messageId = z.string().regex(/^[!-~]{1,100}$/);

/** An attendee whose request has expired has nothing here any more, and gets no mail. */
const WRITABLE_STATUSES = REGISTRATION_STATUSES.filter((status) => status !== 'expired');

const ids = () => z.array(z.string().max(LONGEST_ID)).min(1).max(MOST_CHOSEN).optional();

/** Whom a message is for: everyone who meets all that is named. */
const segment = once(() =>
  z.strictObject({
    /** `confirmed` where none are named. */
    statuses: z.array(z.enum(WRITABLE_STATUSES)).min(1).max(REGISTRATION_STATUSES.length).optional(),
    categories: ids(),
    modes: z
      .array(z.enum(['in-person', 'online']))
      .min(1)
      .max(2)
      .optional(),
    /** Sessions of which one at least was signed up for. */
    sessions: ids(),
    /** By what was scanned: when the message is sent, and anew when its mails are written. Nobody whom nobody expected there is in it, but who came. */
    attendance: z.array(z.enum(PRESENCES)).min(1).max(PRESENCES.length).optional(),
    /** At which parts, one of them at least: `event`, and that where none are named, or `day:` or `session:` with an id. */
    attendanceAt: z.array(z.string().max(LONGEST_PART)).min(1).max(MOST_CHOSEN).optional(),
    /**
     * References of those whom alone it is for, without anything else that is named: of these, adults whom the sender sees, who are
     * confirmed or wait for a seat or a decision.
     */
    people: z.array(z.string().max(LONGEST_REFERENCE)).min(1).max(MOST_IN_BULK).optional(),
  }),
);

const written = once(() =>
  z.strictObject({ subject: z.string().max(LONGEST_TEXT), text: z.string().max(LONGEST_TEXT) }),
);
/** By language of the event; one that is left empty is read in the event's first. */
const words = once(() => z.record(z.string().max(LONGEST_ID), written()));

export const messagePlan = z.lazy(() => z.strictObject({ segment: segment(), words: words().optional() }));

export const messageTest = z.lazy(() => z.strictObject({ language: z.string().max(LONGEST_ID), words: written() }));

/** Where a test went: the caller's own address. */
export const messageTestSent = z.lazy(() => z.strictObject({ to: z.string() }));

export const newMessage = z.lazy(() =>
  z.strictObject({
    segment: segment(),
    words: words(),
    /** How many people the sender saw that it goes to; where they are many more or fewer by now, nothing is sent. */
    people: z.int().positive(),
  }),
);

/** Whom a message would reach, and what they would read. */
export const messagePreview = z.lazy(() =>
  z.strictObject({
    people: z.int(),
    /** Fewer than people where a coordinator gets one about several. */
    mails: z.int(),
    languages: z.array(
      z.strictObject({
        /** What its readers registered in. */
        language: z.string(),
        mails: z.int(),
        /** In which they would read it: their own, or the event's first where nothing was written in theirs. */
        reads: z.string(),
      }),
    ),
    leftOut: z.record(z.enum(REASONS_LEFT_OUT), z.int()),
    /** Where references were sent: how many of them it is not for, and why, beside those who are left out. */
    notFor: z
      .strictObject({
        /** They were declined, cancelled, or did not answer in time. */
        noPlace: z.int(),
        noAddress: z.int(),
        /** How many are under 18: of those whom the sender may see; others are among those who are not found. */
        minors: z.int(),
        /** How many there is no registration of that the sender sees. */
        unknown: z.int(),
      })
      .optional(),
    /** Minutes until the last has left, at the rate that SES allows; absent where that is not known. */
    minutes: z.int().optional(),
    /** As a made-up attendee reads it, in each language that was written in. */
    rendered: z.array(
      z.strictObject({ language: z.string(), subject: z.string(), text: z.string(), html: z.string() }),
    ),
  }),
);

/** Read as stored: also those that we wrote ourselves. */
const storedSegment = () =>
  z.strictObject({
    statuses: z.array(z.enum(REGISTRATION_STATUSES)).readonly().optional(),
    categories: z.array(z.string()).readonly().optional(),
    modes: z
      .array(z.enum(['in-person', 'online']))
      .readonly()
      .optional(),
    sessions: z.array(z.string()).readonly().optional(),
    attendance: z.array(z.enum(PRESENCES)).readonly().optional(),
    attendanceAt: z.array(z.string()).readonly().optional(),
    /** Attendees who take part, if only online until the room has a seat. */
    attending: z.literal(true).optional(),
    /** How many adults were chosen one by one, who alone are meant. */
    chosen: z.int().optional(),
  });

const summary = () => ({
  id: z.string(),
  kind: z.enum(ANNOUNCEMENT_KINDS),
  /** Of an organiser's message, in the event's first language. */
  subject: z.string().optional(),
  segment: storedSegment(),
  createdAt: z.iso.datetime(),
  /** How many mails it was to become when it was sent. */
  expected: z.int().optional(),
  /** Mails that are ready to leave, or have left. */
  written: z.int(),
  /** Since when all are. */
  doneAt: z.iso.datetime().optional(),
  /** Since when nothing of it is to leave any more. */
  stoppedAt: z.iso.datetime().optional(),
  /** It was stopped since its sender may not write to many any more. */
  senderLeft: z.literal(true).optional(),
});

export const messageSummary = z.lazy(() => z.strictObject(summary()));

/** The newest first. */
export const messageList = z.lazy(() => z.strictObject({ messages: z.array(z.strictObject(summary())) }));

export const resultSearch = z.object({
  state: z.enum(RESULT_STATES).optional(),
  /** `next` of the page before. */
  cursor: z.string().max(LONGEST_REFERENCE).optional(),
});

export const messageResults = z.lazy(() =>
  z.strictObject({
    ...summary(),
    words: z.record(z.string(), z.strictObject({ subject: z.string(), text: z.string() })).optional(),
    /** Up to when it was counted what became of them; absent where it is as it stands. */
    asOf: z.iso.datetime().optional(),
    /** Mails by what became of them, also of those who are not named here. */
    counts: z.record(z.enum(RESULT_STATES), z.int()),
    /** Mails of which nothing is known any more: the registration was deleted, or they were settled long ago. */
    forgotten: z.int(),
    /** Mails to people whom the caller may not see: they are counted only. */
    unnamed: z.int(),
    results: z.array(
      z.strictObject({
        reference: z.string(),
        fullName: z.string(),
        /** How many people a coordinator's mail is about. */
        people: z.int(),
        state: z.enum(RESULT_STATES),
        /** Why it failed. */
        failure: z.enum(FAILURES).optional(),
        /** What SES told of it, once it was sent. */
        fate: z.enum(FATES).optional(),
      }),
    ),
    /** `cursor` of the next page; absent on the last. */
    next: z.string().optional(),
  }),
);
