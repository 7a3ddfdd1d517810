import type { Session } from '../event/event.ts';
import { daysOf, type EventData, placeOf, reference } from '../event/mail-blocks.ts';
import { asksForNeeds } from '../event/questions.ts';
import { formatDate } from '../kernel/i18n/formats.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import { type Block, type Fact, heading, paragraph } from '../mail/letter/content.ts';
import type { EventLinks } from '../mail/letter/event-links.ts';
import type { FormerStanding } from '../mail/outbox/message.schema.ts';
import type { WaitingFor } from '../seats/quota.ts';
import { timeToProve } from '../seats/unproven-seat.ts';
import type { Registration } from './registration.schema.ts';

/**
 * What a message is made from. Nothing in it but `named` was typed by the attendee: until they open the link, their address is unproven, and the person
 * who typed it could make us carry their words to a stranger.
 */
export interface RegistrationData extends EventData {
  readonly registration: Pick<
    Registration,
    | 'reference'
    | 'status'
    | 'language'
    | 'ageBand'
    | 'mode'
    | 'waiting'
    | 'days'
    | 'unproven'
    | 'declineReason'
    | 'withoutClosedSessions'
    | 'submittedAt'
    | 'changedAt'
    | 'minor'
  >;
  /** Their own part of the programme. */
  readonly sessions: readonly Session<string>[];
  /** When this message came about, ISO 8601: later than any earlier one to the same person. */
  readonly writtenAt: string;
  /** Of a change: how they stood before it. */
  readonly former?: FormerStanding | undefined;
  /** Of a change that organisers made for them. */
  readonly byOrganisers?: true | undefined;
  /** Which adult's registration it is, once their address is proven: before, no word of the sender's goes to it. */
  readonly named?: string | undefined;
  /** What an attendee on the waiting list waits for. */
  readonly waitingFor?: WaitingFor | undefined;
  /** Whose registration it is, where mail about them goes to the coordinator of their delegation: a proven address. */
  readonly about?: string | undefined;
  /** Of an adult whom a member registered by telephone: how many questions are still to be answered, and where, which is a secret. */
  readonly onBehalf?: { readonly unanswered: number; readonly answer: string } | undefined;
  readonly links: EventLinks & {
    /** The attendee's own page: a secret. */
    readonly manage: string;
    /** Where they say that they do not come: a secret. */
    readonly cancel: string;
    /** Where they say that they take part online instead of in the room: a secret. */
    readonly online: string;
    /** Where a minor answers the rest, once their guardian has agreed: a secret. */
    readonly complete: string;
    /** Where they say who else is to be asked: a secret. */
    readonly guardian: string;
    /** The page of their delegation, for a coordinator who reads it for them: a secret. */
    readonly delegation?: string | undefined;
    /** Where an attendee of a delegation lets its coordinator see where they stand, until they did: a secret. */
    readonly coordinator?: string | undefined;
  };
}

/** What mail to an attendee with a seat says. */
export interface TicketData extends RegistrationData {
  readonly ticket: {
    /** The text of the QR code. */
    readonly code: string;
    /** The ticket's id, 20 characters of Crockford base32. */
    readonly typed: string;
  };
}

/** When, how and where an attendee takes part, as soon as they have said it, and their reference. */
export function attendance(data: RegistrationData, t: MailTranslate): Block {
  if (data.registration.days.length === 0) return { kind: 'facts', facts: [reference(data, t)] };
  return { kind: 'facts', facts: [when(data, t), how(data, t), where(data, t), reference(data, t)] };
}

/** Whose place it is. */
export const nameFact = ({ named }: RegistrationData, t: MailTranslate): Block[] =>
  named === undefined ? [] : [{ kind: 'facts', facts: [{ label: t('facts.name'), lines: [named] }] }];

/**
 * What changed of when, how and with which sessions they take part, or that it was none of that; of one who was declined, that
 * the decline was taken back.
 */
export function whatChanged(data: RegistrationData, t: MailTranslate): Block[] {
  const { event, former, registration, sessions } = data;
  if (former === undefined) return [];
  if (former.status === 'declined') return takenBack(data, t);
  const modeOf = (mode: string): string => event.modes.find(({ id }) => id === mode)?.title ?? mode;
  const then = { days: former.days, sessions: former.sessions };
  const now = { days: registration.days, sessions: sessions.map(({ id }) => id) };
  const inOnly = (one: typeof then, other: typeof then): string[] => [
    ...event.days
      .filter(({ id }) => one.days.includes(id) && !other.days.includes(id))
      .map(({ date }) => formatDate(date, registration.language)),
    ...event.sessions
      .filter(({ id }) => one.sessions.includes(id) && !other.sessions.includes(id))
      .map(({ title }) => title),
  ];
  const lines = [
    ...(former.mode === registration.mode
      ? []
      : [t('updated.mode', { before: modeOf(former.mode), now: modeOf(registration.mode) })]),
    ...inOnly(now, then).map((text) => t('updated.new', { text })),
    ...inOnly(then, now).map((text) => t('updated.gone', { text })),
  ];
  if (lines.length === 0) return [paragraph(t(data.byOrganisers ? 'updated.organisers.details' : 'updated.details'))];
  return [{ kind: 'facts', facts: [{ label: t('updated.changed'), lines }] }];
}

/** With the decline everything was deleted that was to be arranged for them; whether that was anything, no mail says. */
const takenBack = ({ event }: RegistrationData, t: MailTranslate): Block[] => [
  paragraph(t('declined.taken-back')),
  ...(asksForNeeds(event) ? [paragraph(t('declined.taken-back.care'))] : []),
];

/** What there is no seat in for an attendee who waits, and that they need not wait where it is for sessions alone. */
export function waitingForText({ waitingFor: waits }: RegistrationData, t: MailTranslate): Block[] {
  if (waits === undefined || waits.quotas.length === 0) return [];
  return [
    { kind: 'facts', facts: [{ label: t('facts.waiting-for'), lines: waits.quotas }] },
    ...(waits.forSessionsAlone ? [paragraph(t('waitlisted.sessions'))] : []),
  ];
}

/**
 * Asks the reader of the first mail whether they registered. The button leads to their page, where a press says so: mail scanners follow
 * every link.
 */
export const yesThisIsMe = (data: RegistrationData, t: MailTranslate): Block[] =>
  data.registration.unproven ? [proofButton(data, t), paragraph(whyProve(data, t))] : [];

export const proofButton = ({ links }: RegistrationData, t: MailTranslate): Block => ({
  kind: 'button',
  label: t('prove.button'),
  url: links.manage,
});

/** What becomes of a seat, or a place in the waiting list, that nobody says is theirs; an attendee who waits for a decision has neither. */
export function whyProve({ event, registration: { status } }: RegistrationData, t: MailTranslate): string {
  if (status === 'waitlisted') return t('prove.waitlisted');
  if (status !== 'confirmed') return t('prove.pending');
  const { number, unit } = timeToProve(event.registration);
  return t(`prove.confirmed.${unit}s`, { number });
}

/** To an attendee who was approved, but not for the closed sessions that they asked for. */
export const notClosedSessions = ({ registration }: RegistrationData, t: MailTranslate): Block[] =>
  registration.withoutClosedSessions ? [paragraph(t('confirmed.without-closed-sessions'))] : [];

/** The link to the attendee's own page, and what it is good for. */
export const manage = (text: string, { links }: RegistrationData, t: MailTranslate): Block[] => [
  heading(t('manage.title')),
  paragraph(text),
  { kind: 'button', label: t('manage.button'), url: links.manage },
];

/** Leads readers to where they see how things stand for them; a coordinator, for their people. */
export const ownPageButton = (data: RegistrationData, t: MailTranslate): Block[] =>
  data.links.delegation === undefined
    ? manage(t(data.registration.status === 'confirmed' ? 'manage.text' : 'manage.text.no-ticket'), data, t)
    : [{ kind: 'button', label: t('delegation.button'), url: data.links.delegation }];

/** Says to an attendee who telephoned that it was done, and has them answer what was not asked there. */
export const asYouSaid = ({ onBehalf }: RegistrationData, t: MailTranslate): Block[] =>
  onBehalf === undefined
    ? []
    : [
        paragraph(t('on-behalf.text')),
        ...(onBehalf.unanswered === 0
          ? []
          : [
              heading(t('on-behalf.title')),
              paragraph(t('on-behalf.unanswered', { questions: onBehalf.unanswered })),
              { kind: 'button' as const, label: t('on-behalf.button'), url: onBehalf.answer },
            ]),
      ];

/**
 * Asks an attendee whom a coordinator registered by their own address whether that one may see where they stand. The button leads to their
 * page, where a press says so.
 */
export const letCoordinatorSee = ({ links: { coordinator } }: RegistrationData, t: MailTranslate): Block[] =>
  coordinator === undefined
    ? []
    : [
        heading(t('coordinator.title')),
        paragraph(t('coordinator.text')),
        { kind: 'button', label: t('coordinator.button'), url: coordinator },
      ];

/** How to give one's place up, in the words of what one's page has for it: minors have a button of their own. */
export const leave = (
  key: 'manage.cancel' | 'manage.leave',
  { registration: { ageBand } }: RegistrationData,
  t: MailTranslate,
): Block => paragraph(t(ageBand === 'minor' ? 'manage.stop' : key));

const when = (data: RegistrationData, t: MailTranslate): Fact =>
  daysOf(
    data.event.days.filter(({ id }) => data.registration.days.includes(id)),
    data,
    t,
  );

function how({ event, registration: { mode } }: RegistrationData, t: MailTranslate): Fact {
  return { label: t('facts.how'), lines: [event.modes.find(({ id }) => id === mode)?.title ?? mode] };
}

const where = (data: RegistrationData, t: MailTranslate): Fact =>
  data.registration.mode === 'online'
    ? { label: t('facts.where'), lines: [t('facts.where.online')] }
    : placeOf(data, t);
