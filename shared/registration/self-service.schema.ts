import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../event/attendee.ts';
import { once } from '../kernel/once.ts';
import { meantField } from '../kernel/text/email-address.ts';
import { askedQuestionView, toldReason } from './list/registrations.schema.ts';
import { ROLES } from './registration.ts';

/** A consent that was given, in the words that were agreed to. */
const agreedConsent = once(() =>
  z.strictObject({
    of: z.enum(['attendee', 'guardian']),
    id: z.string(),
    version: z.string(),
    /** Whether it is a yes to what the event asks now: not to words that mean more. */
    counts: z.boolean(),
    /** When it was given, and the hash of the words; absent of one from before they were kept. */
    at: z.iso.datetime().optional(),
    hash: z.string().optional(),
    /** Absent where they were not kept. */
    words: z
      .strictObject({ title: z.string(), agreement: z.string(), points: z.array(z.string()).readonly() })
      .optional(),
  }),
);
export interface AgreedConsent extends z.output<ReturnType<typeof agreedConsent>> {}

/** A registration as its own holder sees it. */
export const registrationView = z.lazy(() =>
  z.strictObject({
    reference: z.string(),
    status: z.enum(REGISTRATION_STATUSES),
    event: z.strictObject({ id: z.string(), title: z.string() }),
    email: z.string(),
    honorific: z.string().optional(),
    fullName: z.string(),
    badgeName: z.string(),
    nativeName: z.string().optional(),
    position: z.string(),
    organisation: z.string(),
    country: z.string(),
    category: z.string(),
    mode: z.enum(['in-person', 'online']),
    days: z.array(z.string()).readonly(),
    sessions: z.array(z.string()).readonly(),
    closedSessions: z.boolean(),
    role: z.enum(ROLES),
    meanwhile: z.literal('online').optional(),
    /** Only while waitlisted: which quotas have no seat for them, and whether that is for sessions they chose alone. */
    waitingFor: z.strictObject({ quotas: z.array(z.string()).readonly(), forSessionsAlone: z.boolean() }).optional(),
    /** What the approver who declined wrote, if they did. */
    decisionNote: z.string().optional(),
    /** Why they were declined, where a reason was chosen. */
    declineReason: toldReason().optional(),
    /** While a decision is awaited: what an approver asked last, and what was answered. */
    question: askedQuestionView().optional(),
    /** Approved, but not for the closed sessions that were asked for. */
    withoutClosedSessions: z.literal(true).optional(),
    language: z.string(),
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()])),
    consents: z.record(z.string(), z.string()),
    /** All that they, and of a minor their guardian, agreed to, in the words of then; where the registration alone is read. */
    agreed: z.array(agreedConsent()).readonly().optional(),
    /** Only of a minor. */
    ageBand: z.literal('minor').optional(),
    /** What their guardian agreed to, consent id to version; absent as long as the guardian has not answered. */
    guardianConsents: z.record(z.string(), z.string()).optional(),
    /** Of one whose guardian has no email: whether the signed form is awaited, or was recorded. */
    consentOnPaper: z.enum(['awaited', 'recorded']).optional(),
    /** While the guardian's answer, and then their own, is awaited: everything is deleted without it. */
    answerBy: z.iso.datetime().optional(),
    /** Of a minor who comes in person: whether their chaperone has accepted. */
    chaperone: z.enum(['arranged', 'sought']).optional(),
    /** Of an adult who is asked to look after minors, and has not said no: how many. */
    chaperoning: z.strictObject({ state: z.enum(['asked', 'accepted']), minors: z.int() }).optional(),
    /** When they last answered what to arrange for them; never what, nor whether it was that they need nothing. */
    careAnsweredAt: z.iso.datetime().optional(),
    /** Of an attendee whom a coordinator registered by their own address: whether the coordinator sees where they stand. */
    coordinator: z.enum(['sees', 'unseeing']).optional(),
    /** Mail to them does not arrive; a seat they hold goes to another person at that time unless one does. */
    unreachable: z.strictObject({ lapsesAt: z.iso.datetime().optional() }).optional(),
    /** The mail that asks their guardian did not arrive. */
    guardianUnreachable: z.literal(true).optional(),
    /** Cancelled because no mail reached them. */
    lapsed: z.literal(true).optional(),
    /** Nothing shows yet that it is its holder's: a press says so. Of a minor, nobody else is written to before. */
    unproven: z.literal(true).optional(),
    /** Expired because nobody said that it is theirs: a press takes it up again. */
    seatLost: z.literal(true).optional(),
    /** Gets no reminders, thanks or messages of the organisers: they stopped them. */
    optedOut: z.literal(true).optional(),
    /** Registered by an organiser as they said on the telephone: when, and what they agreed to there, consent id to version. */
    onBehalf: z.strictObject({ at: z.iso.datetime(), consents: z.record(z.string(), z.string()) }).optional(),
    /** Ids of questions that were not asked there, and that are still to be answered. */
    unanswered: z.array(z.string()).readonly().optional(),
    submittedAt: z.iso.datetime(),
    /** Only while confirmed. */
    ticket: z.strictObject({ code: z.string(), typed: z.string(), expiresAt: z.iso.datetime() }).optional(),
    /** Only for confirmed online attendees: pages with a button, never the meeting itself. */
    joinLinks: z.array(z.strictObject({ session: z.string(), title: z.string(), path: z.string() })).optional(),
  }),
);

export type RegistrationView = z.output<typeof registrationView>;

/** What the buttons of the holder's page do. */
const ACTIONS = [
  'prove',
  'cancel',
  'undo-cancel',
  'meanwhile-online',
  'give-back-online',
  'send-again',
  'replace-link',
  'resume-mail',
  'chaperone-accept',
  'chaperone-decline',
  'show-coordinator',
  'hide-coordinator',
  'answer',
  'erase',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What a mailbox posts that was told to stop mail (RFC 8058), or which button of the page was pressed. */
export const unsubscribe = z.lazy(() =>
  z.union([
    z.strictObject({ 'List-Unsubscribe': z.tuple([z.literal('One-Click')]) }),
    z.strictObject({ action: z.tuple([z.enum(['stop', 'resume'])]) }),
  ]),
);

/** Which button was pressed; what cannot be undone is confirmed by a box beside it, and an answer says which question was read. */
export const pressedAction = z.lazy(() =>
  z.strictObject({
    action: z.tuple([z.enum(ACTIONS)]),
    confirm: z.tuple([z.literal('yes')]).optional(),
    answer: z.tuple([z.string()]).optional(),
    asked: z.tuple([z.string()]).optional(),
  }),
);

/** Mails a code, or says with it where its holder is reached; and which address is meant, where it looks mistyped. */
export const addressForm = z.lazy(() => {
  const one = z.tuple([z.string()]);
  return z.strictObject({
    action: z.tuple([z.enum(['code', 'write'])]),
    ...z.strictObject({ code: one, email: one, [meantField('email')]: one }).partial().shape,
  });
});

/** Which button of the page was pressed that a mail about an address leads to. */
export const pressedAddress = z.lazy(() => z.strictObject({ action: z.tuple([z.enum(['confirm', 'undo'])]) }));

/** What of a registration may say something else from now on. Shape only. */
export const amendable = once(() => ({
  honorific: z.string(),
  fullName: z.string(),
  badgeName: z.string(),
  nativeName: z.string(),
  position: z.string(),
  organisation: z.string(),
  country: z.string(),
  category: z.string(),
  mode: z.string(),
  days: z.array(z.string()),
  sessions: z.array(z.string()),
  closedSessions: z.boolean(),
  language: z.string(),
  /** By question: only those that change. */
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
}));

/** What a registration should say from now on: what is left out stays, an empty text takes away. */
export const amendment = z.lazy(() =>
  z
    .strictObject({
      ...amendable(),
      /** Consent id to the version that was shown: all that are given. */
      consents: z.record(z.string(), z.string()),
    })
    .partial(),
);

export type Amendment = z.output<typeof amendment>;
