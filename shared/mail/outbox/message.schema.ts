import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../../event/attendee.ts';
import { once } from '../../kernel/once.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { mailFate } from '../fate/mail-event.schema.ts';
import { isForTeam, KINDS, MAIL_KINDS, type MailKind } from '../kinds.ts';

/**
 * `pending → claimed(lease) → sent | failed`; one that was put off is pending again. `unknown`: it may have been sent,
 * since no answer came, or nobody noted it; SES's own account of it is awaited.
 */
export const MESSAGE_STATES = ['pending', 'claimed', 'unknown', 'sent', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Of messages of which it is not noted yet what became. */
export const UNSETTLED_STATES = ['pending', 'claimed', 'unknown'] as const satisfies readonly MessageState[];

/**
 * Why a message was not sent: there was nothing to tell any more when its turn came, another one said the same, it was asked for more
 * often than one person gets mail, or, in SES's own words, SES would not take it or did not send it.
 */
export const FAILURES = [
  'superseded',
  'registration-gone',
  'delegation-gone',
  'invitation-gone',
  'event-gone',
  'address-gone',
  'told-already',
  'asked-too-often',
  'opted-out',
  'stopped',
  'MessageRejected',
  'InvalidParameterValue',
  'Reject',
  'Rendering Failure',
] as const;
export type Failure = (typeof FAILURES)[number];

/** What an organiser writes to people. Plain text; an empty line begins a paragraph. */
export const announcementWords = once(() => z.object({ subject: z.string(), text: z.string() }));
export interface AnnouncementWords extends Output<typeof announcementWords> {}

export const standingBefore = once(() =>
  z.object({
    status: z.enum(REGISTRATION_STATUSES),
    mode: z.string(),
    /** Ids, like those of the sessions that were their own. */
    days: z.array(z.string()),
    sessions: z.array(z.string()),
  }),
);
export interface FormerStanding extends Output<typeof standingBefore> {}

/** A mail to send, written in the same transaction as the change that causes it. */
export const storedMessage = stored(() => ({
  v: field(z.literal(1), 'records', 'settled'),
  /** 128 random bits, base64url. */
  id: field(z.string(), 'mail', 'settled'),
  kind: field(z.enum(MAIL_KINDS), 'mail', 'settled'),
  eventId: field(z.string(), 'mail', 'settled'),
  /**
   * What it is about: a registration's reference, an invitation's number, from which its token is made, the id of an invitation, a
   * member (of another event: with that one's), a delegation, a digest or a form.
   */
  reference: field(z.string(), 'mail', 'settled'),
  /** Of a mail of an announcement, or to a guardian about what one tells: its id. */
  announcement: field(z.string().optional(), 'mail', 'settled'),
  /** Of an announcement to the coordinator of a delegation: its id. It is about all of their people, and `reference` names one of them. */
  delegation: field(z.string().optional(), 'mail', 'settled'),
  /** Of a test: what it says; present until it is sent. */
  words: field(announcementWords().optional(), 'impersonal', 'sent'),
  /** Of a change: how the attendee stood before it, so that the mail says what changed. */
  former: field(standingBefore().optional(), 'mail', 'sent'),
  /** Of a change that organisers made for the attendee: it does not say that they changed it themselves. */
  byOrganisers: field(z.literal(true).optional(), 'mail', 'settled'),
  /** Of a change of address: its reader could undo it when it was written. */
  undo: field(z.literal(true).optional(), 'mail', 'settled'),
  /** Present until the message is sent. */
  to: field(z.string().optional(), 'mail', 'sent'),
  language: field(z.string(), 'mail', 'settled'),
  state: field(z.enum(MESSAGE_STATES), 'mail', 'settled'),
  /** ISO 8601 instants, UTC. */
  createdAt: field(z.string(), 'mail', 'settled'),
  /** Not to be looked at before: the end of the lease on it, of the time it was put off for, or of the wait for what SES tells. */
  notBefore: field(z.string().optional(), 'mail', 'settled'),
  /** Whether it waits for the turn that its recipient's cap promised it. */
  promised: field(z.boolean().optional(), 'mail', 'settled'),
  /** How often it was claimed, or could not be written. */
  attempts: field(z.int(), 'mail', 'settled'),
  /** SES's id, once sent. */
  messageId: field(z.string().optional(), 'mail', 'settled'),
  failure: field(z.enum(FAILURES).optional(), 'mail', 'settled'),
  /** What became of it once SES had taken it. */
  fate: field(mailFate().optional(), 'mail', 'settled'),
}));
export interface OutboxMessage extends Omit<Output<typeof storedMessage>, 'v'> {}

/** Of letters with a ticket, those that tell what others do: a change tells all that a place does. */
const TOLD_BY_UPDATED: readonly MailKind[] = ['confirmed', 'promoted', 'updated'];

/**
 * Whether a message, as it would be written now, says all that an older one would which has not left: letters about a registration are
 * written from it as it stands when they leave.
 */
export function saysTheSame(newer: OutboxMessage, older: OutboxMessage): boolean {
  if (older.state !== 'pending' || !isBefore(older, newer)) return false;
  if (KINDS[newer.kind].about !== 'registration' || isForTeam(newer.kind)) return false;
  if (older.eventId !== newer.eventId || older.reference !== newer.reference || older.to !== newer.to) return false;
  // That others changed it is told, whatever its holder changed since.
  if (older.byOrganisers && !newer.byOrganisers) return false;
  return older.kind === newer.kind || (newer.kind === 'updated' && TOLD_BY_UPDATED.includes(older.kind));
}

/** Of two messages of one millisecond, one is the earlier all the same: else neither would take the other's place. */
const isBefore = (a: OutboxMessage, b: OutboxMessage): boolean =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
