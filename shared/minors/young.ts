import type { EventDefinition } from '../event/event.ts';
import { eventStart } from '../event/event-times.ts';
import { parseEmailAddress, recipientIdentity } from '../kernel/text/email-address.ts';
import { accept, type Checked, type FieldIssue, refuse } from '../kernel/text/field-problem.ts';
import { cleanText } from '../kernel/text/text.ts';
import type { Application, Registration } from '../registration/registration.schema.ts';

/** How a minor or guardian is reached, and what they are called. */
export interface PersonToMail {
  readonly name: string;
  readonly email: string;
  readonly language: string;
}

/** A parent or guardian: without an address where they sign on paper. */
export interface GuardianContact {
  readonly name: string;
  readonly email?: string | undefined;
  readonly language?: string | undefined;
}

/** All that is asked before a guardian has agreed (CS1); its shape was checked by the contract. */
export interface YoungSubmission extends PersonToMail {
  readonly guardian: GuardianContact & {
    /** The guardian has no email, and signs a form on paper. */
    readonly onPaper?: boolean | undefined;
  };
}

/** A form about a minor, as it came. */
export interface YoungRequest {
  readonly eventId: string;
  /** Of the page. */
  readonly language: string;
  readonly sent: YoungSubmission;
  /** What makes two requests the same one. */
  readonly identity: string;
  /** A solved challenge, if one was sent. */
  readonly proof?: string | undefined;
  /** Whether it asks to go without one. */
  readonly byMail?: boolean;
  /** Fields of a form whose addresses look mistyped, to be asked about first. */
  readonly inDoubt?: readonly string[];
}

export type YoungResult =
  | { readonly young: PersonToMail; readonly guardian: GuardianContact }
  | { readonly issues: readonly [FieldIssue, ...FieldIssue[]] };

/** Grapheme clusters. */
const LONGEST_NAME = 100;

/**
 * Judges what a minor, or a guardian for one, sent first.
 *
 * @returns both as they are to be stored, or every field that has to change, in the order of the form
 */
export function checkYoung(
  event: Pick<EventDefinition<string>, 'languages' | 'safeguarding'>,
  sent: YoungSubmission,
): YoungResult {
  const issues: FieldIssue[] = [];
  const take = (path: string, checked: Checked<string>): string => {
    if ('value' in checked) return checked.value;
    issues.push({ path, ...checked.issue });
    return '';
  };
  const person = (sentFor: PersonToMail, prefix: string): PersonToMail => ({
    name: take(`${prefix}name`, checkName(sentFor.name)),
    email: take(`${prefix}email`, parseEmailAddress(sentFor.email)),
    language: take(`${prefix}language`, checkLanguage(event, sentFor.language)),
  });
  const young = person(sent, '');
  const { onPaper = false, name, email = '', language = '' } = sent.guardian;
  const guardian: GuardianContact = onPaper
    ? { name: take('guardian.name', checkName(name)) }
    : person({ name, email, language }, 'guardian.');
  if (isSameMailbox(young.email, guardian.email ?? '')) issues.push({ path: 'guardian.email', code: 'same-address' });
  if (onPaper && email.trim() !== '') issues.push({ path: 'guardian.email', code: 'not-both' });
  // Without a focal point there is nobody to hand a signed form to.
  if (onPaper && event.safeguarding === undefined) issues.push({ path: 'guardian.onPaper', code: 'unknown-field' });
  const [first, ...rest] = issues;
  return first === undefined ? { young, guardian } : { issues: [first, ...rest] };
}

function checkName(typed: string): Checked<string> {
  const checked = cleanText(typed, { max: LONGEST_NAME, letters: true });
  return 'value' in checked && checked.value === '' ? refuse('required') : checked;
}

const checkLanguage = ({ languages }: Pick<EventDefinition<string>, 'languages'>, tag: string): Checked<string> =>
  languages.includes(tag) ? accept(tag) : refuse('unknown-option');

/** The reader of one reads the other: then nobody but the minor might agree for the guardian (CS3). */
const isSameMailbox = (one: string, other: string): boolean =>
  one !== '' && recipientIdentity(one) === recipientIdentity(other);

/** What is known of a minor before a guardian has agreed. The rest is empty; `mode` has no empty value and means nothing yet. */
export const unansweredApplication = ({ name, email, language }: PersonToMail): Application => ({
  email,
  language,
  fullName: name,
  badgeName: name,
  position: '',
  organisation: '',
  country: '',
  category: '',
  mode: 'online',
  days: [],
  sessions: [],
  closedSessions: false,
  answers: {},
  consents: {},
});

const DAY = 24 * 60 * 60 * 1000;

/** Days for which a minor may prove the address that was given as theirs; nobody else is written to before (CS4, AU9). */
export const PROOF_DAYS = 7;

/** Until when a minor may prove the address that was given as theirs: before the event at the latest. */
export const proveBy = (event: EventDefinition<string>, now: Date): Date =>
  new Date(Math.min(now.getTime() + PROOF_DAYS * DAY, eventStart(event).getTime()));

/**
 * Until when the person who is asked now has to answer, the guardian first, then the minor: before the event at the latest.
 *
 * @param onPaper whether a signed form is awaited, or its confirmation: both take longer
 */
export function answerBy(event: EventDefinition<string>, now: Date, onPaper = false): Date {
  const days = (onPaper ? event.minors?.paperDays : event.minors?.expiryDays) ?? 0;
  return new Date(Math.min(now.getTime() + days * DAY, eventStart(event).getTime()));
}

/** Days after which a guardian who has not answered is reminded (CS3). */
const REMINDER_DAYS = [3, 10];

/** When a guardian is reminded: never at or after the last moment for an answer. */
export const remindersAt = (askedAt: Date, until: Date): readonly Date[] =>
  REMINDER_DAYS.map((days) => new Date(askedAt.getTime() + days * DAY)).filter((at) => at < until);

/**
 * Where a minor's registration stands before their answers: nobody has pressed in the mail to their address yet; their
 * guardian is asked by mail, or is to sign on paper; the signed form is there and a second person is to confirm it; they
 * have agreed. Nothing later on.
 */
export function guardianStep({ status, minor = {} }: Pick<Registration, 'status' | 'minor'>): GuardianStep | undefined {
  if (status !== 'pending-guardian') return undefined;
  const { guardianConsents, guardianLinkVersion, consentOnPaper } = minor;
  if (guardianConsents !== undefined) return 'agreed';
  if (consentOnPaper !== undefined) return `paper-${consentOnPaper}`;
  return guardianLinkVersion === undefined ? 'unproven' : 'asked';
}

const GUARDIAN_STEPS = ['unproven', 'asked', 'paper-awaited', 'paper-recorded', 'agreed'] as const;
type GuardianStep = (typeof GUARDIAN_STEPS)[number];

/** The same, and `complete` for one whose answers are there. */
export const MINOR_STEPS = [...GUARDIAN_STEPS, 'complete'] as const;

/** Whether nothing is left of a registration but that there was one. */
export const isForgotten = ({ ageBand, status, email }: Pick<Registration, 'ageBand' | 'status' | 'email'>): boolean =>
  ageBand === 'minor' && status === 'cancelled' && email === '';
