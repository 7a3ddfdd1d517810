import type { MailFate } from '../fate/mail-fate.ts';
import type { AnnouncementWords } from './announcement-words.ts';

/** Mail about a registration, one kind for each step in its life. */
export const REGISTRATION_KINDS = [
  'confirmed',
  'pending-approval',
  'waitlisted',
  'promoted',
  'updated',
  'declined',
  'already-registered',
  'link',
  'cancelled',
  'pending-guardian',
  'pending-paper',
  'guardian-agreed',
  'chaperone-request',
  'guardian-unreachable',
  'guardian-code',
  'ask-proof',
  'seat-released',
] as const;
export type RegistrationMessageKind = (typeof REGISTRATION_KINDS)[number];

/** Mail to a minor's parent or guardian. */
export const GUARDIAN_KINDS = [
  'guardian-request',
  'guardian-reminder',
  'guardian-receipt',
  'guardian-event-status',
] as const;
export type GuardianMessageKind = (typeof GUARDIAN_KINDS)[number];

/** That reports wait, or wait for somebody who reads them. */
export const REPORT_KINDS = ['report-received', 'vetting-lapsed', 'readers-gone', 'deputies-gone'] as const;

/** To the focal point that an event names: each says no more than where to look. */
const FOCAL_POINT_KINDS = [...REPORT_KINDS, 'paper-awaited', 'chaperone-ended'] as const;
export type FocalPointMessageKind = (typeof FOCAL_POINT_KINDS)[number];

/** Mail that tells that everything about a registration was deleted, or is about none: it is written from the event alone. */
const EVENT_KINDS = [
  'guardian-refused',
  'guardian-expired',
  'consent-withdrawn',
  ...FOCAL_POINT_KINDS,
  'erased',
  'delegation-erased',
  'substituted',
] as const;
export type EventMessageKind = (typeof EVENT_KINDS)[number];

/** Mail about a form that waits to be confirmed; `reference` is its id. */
const FORM_KINDS = ['confirm-registration'] as const;

/** Mail to the coordinator of a delegation; `reference` is the delegation's id. */
export const DELEGATION_KINDS = ['delegation-link', 'delegation-registered'] as const;
export type DelegationMessageKind = (typeof DELEGATION_KINDS)[number];

/** Mail about one thing to many; `announcement` says which, `reference` to whom. */
export const ANNOUNCEMENT_KINDS = [
  'reminder-week',
  'reminder-day',
  'thank-you',
  'organiser-message',
  'event-postponed',
  'event-cancelled',
  'event-moved-online',
  'event-rescheduled',
  'programme-changed',
] as const;
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

/** Mail to those who run an event. */
const TEAM_KINDS = [
  'role-invitation',
  'role-granted',
  'role-opened',
  'who-sees-children',
  'factor-reset-proposed',
  'factor-reset-done',
  'factor-reset-proposed-elsewhere',
  'factor-reset-done-elsewhere',
  'chaperone-vetted',
  'device-vetted',
  'digest',
  'message-test',
] as const;

/** Mail to members about who holds which role, and how they sign in. */
const ABOUT_ROLES: readonly MessageKind[] = [
  'role-granted',
  'role-opened',
  'who-sees-children',
  'factor-reset-proposed',
  'factor-reset-done',
  'factor-reset-proposed-elsewhere',
  'factor-reset-done-elsewhere',
  'chaperone-vetted',
  'device-vetted',
];

/** The kinds of mail Plenary sends. */
export const MESSAGE_KINDS = [
  ...REGISTRATION_KINDS,
  ...GUARDIAN_KINDS,
  ...EVENT_KINDS,
  ...FORM_KINDS,
  ...DELEGATION_KINDS,
  ...ANNOUNCEMENT_KINDS,
  ...TEAM_KINDS,
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Whose address a mail about a registration goes to: its holder's, or a minor's guardian's; nothing for mail about none. */
export function readerOf(kind: MessageKind): 'holder' | 'guardian' | undefined {
  const isAmong = (kinds: readonly MessageKind[]): boolean => kinds.includes(kind);
  if (isAmong(GUARDIAN_KINDS)) return 'guardian';
  return isAmong(REGISTRATION_KINDS) || isAmong(ANNOUNCEMENT_KINDS) ? 'holder' : undefined;
}

export const isForFocalPoint = (kind: MessageKind): boolean =>
  (FOCAL_POINT_KINDS as readonly MessageKind[]).includes(kind);

/** Whether it goes to an address that an organiser gave to be told at: no stranger typed it, nor decides on it. */
export const isForTeam = (kind: MessageKind): boolean =>
  kind === 'digest' || kind === 'message-test' || ABOUT_ROLES.includes(kind) || isForFocalPoint(kind);

/** Mail that gives its readers an hour to object: told a turn later, it would be told too late. */
const OBJECTED_TO: readonly MessageKind[] = ['role-opened', 'factor-reset-proposed', 'factor-reset-proposed-elsewhere'];

export const isObjectedTo = (kind: MessageKind): boolean => OBJECTED_TO.includes(kind);

/** What anyone who knows an address can have mailed to it again and again, within intervals: each says how things stand, and leads there. */
const REPEATED_KINDS: readonly MessageKind[] = [
  'already-registered',
  'link',
  'pending-guardian',
  'pending-paper',
  'confirm-registration',
  'delegation-link',
];

export const isRepeated = (kind: MessageKind): boolean => REPEATED_KINDS.includes(kind);

/** Mail that someone can do without, and stop: nothing that they need to come, and no change, is told by it alone. */
const OPTIONAL_KINDS: readonly MessageKind[] = ['reminder-week', 'reminder-day', 'thank-you', 'organiser-message'];

export const isOptional = (kind: MessageKind): boolean => OPTIONAL_KINDS.includes(kind);

/** Whether a mail leaves before others: tickets and links before what reminds or tells many. */
export type Urgency = 'now' | 'later';

const CAN_WAIT: readonly MessageKind[] = [
  'guardian-reminder',
  'guardian-event-status',
  'digest',
  'who-sees-children',
  ...ANNOUNCEMENT_KINDS,
];

export const urgencyOf = (kind: MessageKind): Urgency => (CAN_WAIT.includes(kind) ? 'later' : 'now');

/** Days for which a settled message is kept, without its address, to answer "was it sent?". */
export const SETTLED_DAYS = 90;

/** When a message that is settled now is forgotten, in epoch seconds. */
export const settledUntil = (now: Date): number => Math.floor(now.getTime() / 1000) + SETTLED_DAYS * 24 * 60 * 60;

/**
 * `pending → claimed(lease) → sent | failed`; one that was put off is pending again. `unknown`: it may have been sent,
 * since no answer came, or nobody noted it; SES's own account of it is awaited.
 */
export const MESSAGE_STATES = ['pending', 'claimed', 'unknown', 'sent', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Of messages of which it is not noted yet what became. */
export const UNSETTLED_STATES = ['pending', 'claimed', 'unknown'] as const satisfies readonly MessageState[];

/**
 * Why a message was not sent: there was nothing to tell any more when its turn came, another one said the same, it was asked for more often than one person gets mail, or, in
 * SES's own words, SES would not take it or did not send it.
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

/** A mail to send, written in the same transaction as the change that causes it. */
export interface OutboxMessage {
  /** 128 random bits, base64url. */
  readonly id: string;
  readonly kind: MessageKind;
  readonly eventId: string;
  /** What it is about: a registration's reference, an invitation's number, from which its token is made, the id of an invitation, a member (of another event: with that one's), a delegation, a digest or a form. */
  readonly reference: string;
  /** Of a mail of an announcement, or to a guardian about what one tells: its id. */
  readonly announcement?: string;
  /** Of an announcement to the coordinator of a delegation: its id. It is about all of their people, and `reference` names one of them. */
  readonly delegation?: string;
  /** Of a test: what it says; present until it is sent. */
  readonly words?: AnnouncementWords;
  /** Present until the message is sent. */
  readonly to?: string;
  readonly language: string;
  readonly state: MessageState;
  /** ISO 8601 instants, UTC. */
  readonly createdAt: string;
  /** Not to be looked at before: the end of the lease of whoever claimed it, of the time it was put off for, or of the wait for what SES tells. */
  readonly notBefore?: string;
  /** Whether it waits for the turn that its recipient's cap promised it. */
  readonly promised?: boolean;
  /** How often it was claimed. */
  readonly attempts: number;
  /** SES's id, once sent. */
  readonly messageId?: string;
  readonly failure?: Failure;
  /** What became of it once SES had taken it. */
  readonly fate?: MailFate;
}
