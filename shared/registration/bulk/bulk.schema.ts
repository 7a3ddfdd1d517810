import * as z from 'zod';
import { LONGEST_ID } from '../../kernel/event-id.ts';
import { once } from '../../kernel/once.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { standingBefore } from '../../mail/outbox/message.schema.ts';
import { seat } from '../../seats/seat.schema.ts';
import { declineReason } from '../registration.schema.ts';
import { tagId } from '../tags/tags.schema.ts';
import { BULK_KINDS, BULK_MAILS, BULK_STATUSES, MOST_IN_BULK, OUTCOMES, REFUSALS } from './bulk.ts';

/** One change of many registrations: how far it is. */
export const storedBulk = stored(() => ({
  v: field(z.literal(1), 'records', 'week'),
  /** 128 random bits, base64url, chosen by who starts it: the same again is one. */
  id: field(z.string(), 'records', 'week'),
  kind: field(z.enum(BULK_KINDS), 'records', 'week'),
  status: field(z.enum(BULK_STATUSES), 'records', 'week'),
  /** The member who started it. */
  by: field(z.string(), 'team', 'week'),
  /** What those who are declined are told. */
  note: field(z.string().optional(), 'place', 'week'),
  reason: field(declineReason().optional(), 'place', 'week'),
  /** Of an approval: without the closed sessions that people asked for. */
  withoutClosedSessions: field(z.literal(true).optional(), 'impersonal', 'week'),
  /** The tag that people get or lose. */
  tag: field(z.string().optional(), 'impersonal', 'week'),
  /** The session to which people are added. */
  session: field(z.string().optional(), 'impersonal', 'week'),
  /** A decision on one person: it waits for less long, and is forgotten once its mail has left. */
  isSingle: field(z.literal(true).optional(), 'records', 'week'),
  total: field(z.int(), 'records', 'week'),
  /** How many of them it is through with, in their order: what a conditional write compares. */
  handled: field(z.int(), 'records', 'week'),
  /** How many of those were changed. */
  changed: field(z.int(), 'records', 'week'),
  /** ISO 8601 instants, UTC. */
  startedAt: field(z.string(), 'records', 'week'),
  /** When its mail leaves, once all is done. */
  leavesAt: field(z.string().optional(), 'records', 'week'),
  endedAt: field(z.string().optional(), 'records', 'week'),
  /** It ended early: the roles of the member who started it were taken back. */
  stopped: field(z.literal(true).optional(), 'records', 'week'),
  /** The member who stopped it and took it back. */
  takenBackBy: field(z.string().optional(), 'team', 'week'),
}));
export interface Bulk extends Omit<Output<typeof storedBulk>, 'v'> {
  readonly eventId: string;
}

/** Who was chosen, in the order in which it goes through them: reference and the revision that was seen; an erased person is an empty text. */
export const storedBulkChosen = stored(() => ({
  v: field(z.literal(1), 'records', 'week'),
  people: field(z.array(z.string()), 'place', 'week'),
}));

/** What is held back until mail leaves, and what it takes to take the change back. */
const held = once(() =>
  z.object({
    /** The revision that the change made. */
    revision: z.int(),
    /** Digest of the registration that it made, but for what counts as no change: see `digestOf`. */
    made: z.string().optional(),
    /** The ticket then: a person with another one was mailed with it how they stand. */
    ticketId: z.string().optional(),
    /** JSON of the attributes that it made others, as they were; `null` where there was none. */
    former: z.string(),
    /** Seats that counters go on counting. */
    seats: z.array(seat()),
    /** HMAC of the address that stays held; of a decline that was taken back, that is held again. */
    lock: z.string().optional(),
    mail: z.object({ kind: z.enum(BULK_MAILS), former: standingBefore().optional() }),
  }),
);
export interface Held extends Output<typeof held> {}

/** What became of one person. Written with the change itself. */
export const storedBulkPerson = stored(() => ({
  v: field(z.literal(1), 'records', 'week'),
  reference: field(z.string(), 'place', 'week'),
  outcome: field(z.enum(OUTCOMES), 'place', 'week'),
  held: field(held().optional(), 'place', 'week'),
}));
export interface BulkPerson extends Omit<Output<typeof storedBulkPerson>, 'v'> {}

/** Characters of a request; how many letters a reader counts is checked beyond that. */
const LONGEST_NOTE = 4000;

const wanted = once(() => ({
  kind: z.enum(BULK_KINDS),
  /** Each with the revision that was looked at: nobody is changed as they were not seen. */
  people: z
    .array(z.strictObject({ reference: z.string().max(20), revision: z.int() }))
    .min(1)
    .max(MOST_IN_BULK),
  /** Which tag they get or lose, where it is that. */
  tag: tagId().optional(),
  /** To which session they are added, where it is that: one that is chosen in the form. */
  session: z.string().max(LONGEST_ID).optional(),
}));

export const bulkId = () => z.string().regex(/^[\w-]{22}$/);

export const bulkAsked = z.lazy(() => z.strictObject(wanted()));

export const newBulk = z.lazy(() =>
  z.strictObject({
    ...wanted(),
    /** 128 random bits, base64url: the same again changes nothing. */
    id: bulkId(),
    /** For the pages of those who are declined, at most 500 letters. */
    note: z.string().max(LONGEST_NOTE).optional(),
    /** Why, where people are declined: one of the event's reasons, or of the product's where the event names none. */
    reason: z.string().max(LONGEST_ID).optional(),
    /** The closed sessions that people asked for are not given; where they are approved. */
    withoutClosedSessions: z.literal(true).optional(),
    /** A decision on one person, done at once: its mail leaves ten seconds after it. */
    isSingle: z.literal(true).optional(),
    /** How many people are sent, as the organiser typed it, where more than ten are declined or cancelled. */
    confirm: z.int().optional(),
  }),
);

const refused = () => z.array(z.strictObject({ why: z.enum(REFUSALS), references: z.array(z.string()) }));

/** What a change would do, as far as can be said now. */
export const bulkPreview = z.lazy(() =>
  z.strictObject({
    /** How many can be changed. */
    fit: z.int(),
    /** How many of those would wait for a seat, as far as quotas for everyone go. */
    wait: z.int(),
    refused: refused(),
    /** How many are under 18: they are decided on one by one. Members who see none of them have them among those who are not found. */
    minors: z.int(),
    /** How many there is no registration of, within the member's reach. */
    unknown: z.int(),
    /** Whether `confirm` has to be sent. */
    mustConfirm: z.boolean(),
  }),
);

const bulkFacts = () => ({
  id: z.string(),
  kind: z.enum(BULK_KINDS),
  status: z.enum(BULK_STATUSES),
  total: z.int(),
  handled: z.int(),
  changed: z.int(),
  /** The tag that people get or lose. */
  tag: z.string().optional(),
  /** The session to which people are added. */
  session: z.string().optional(),
  startedAt: z.iso.datetime(),
  /** When its mail leaves; until then it can be taken back. */
  leavesAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** It ended early: the roles of the member who started it were taken back. */
  stopped: z.literal(true).optional(),
  /** Whether it can still be stopped and taken back. */
  mayTakeBack: z.boolean(),
});

/** With what became of each person it is through with, by their reference. */
export const bulkResult = z.lazy(() =>
  z.strictObject({
    ...bulkFacts(),
    people: z.array(z.strictObject({ reference: z.string(), outcome: z.enum(OUTCOMES) })).optional(),
  }),
);

/** Of the last seven days, the newest first. */
export const bulkList = z.lazy(() => z.strictObject({ bulks: z.array(z.strictObject(bulkFacts())) }));
