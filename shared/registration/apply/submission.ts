import type { AgeBand } from '../../event/attendee.ts';
import type { AnswerValue } from '../../event/condition.ts';
import { categoriesFor } from '../../event/definition/offered-to.ts';
import type { AttendanceMode, Category, EventDefinition, Question } from '../../event/event.ts';
import { askedAtFirst, type CareAnswers, checkAnswers } from '../../event/questions.ts';
import { sessionsAtOnce, signUpSessions } from '../../event/sessions.ts';
import { type OwnCountries, placesOffered } from '../../kernel/text/countries.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import { accept, type Checked, type FieldIssue, refuse } from '../../kernel/text/field-problem.ts';
import { cleanText } from '../../kernel/text/text.ts';
import type { Application } from '../registration.schema.ts';
import { type PersonText, TEXT_LIMIT } from './form-words.ts';

/** What a form sent; its shape was checked by the contract. */
export interface Submission {
  /** `adult`; minors have a form of their own. */
  readonly ageBand: string;
  readonly email: string;
  readonly honorific?: string | undefined;
  readonly fullName: string;
  readonly badgeName?: string | undefined;
  readonly nativeName?: string | undefined;
  readonly position: string;
  readonly organisation: string;
  readonly country: string;
  readonly category: string;
  readonly mode: string;
  readonly days: readonly string[];
  /** Sessions to sign up for. */
  readonly sessions?: readonly string[] | undefined;
  readonly closedSessions?: boolean | undefined;
  readonly invitation?: string | undefined;
  readonly language: string;
  readonly answers?: Readonly<Record<string, AnswerValue>> | undefined;
  /** Consent id to the version that was shown. */
  readonly consents?: Readonly<Record<string, string>> | undefined;
}

/** All that a form may say anew; whose it is stays. */
export type Amended = Omit<Submission, 'ageBand' | 'email' | 'invitation'>;

/** The fields that say who a person is, in the order of the form. */
export const PERSON_FIELDS = [
  'ageBand',
  'email',
  'honorific',
  'fullName',
  'badgeName',
  'nativeName',
  'position',
  'organisation',
  'country',
] as const;

export type SubmissionResult =
  | { readonly application: Application; readonly care: CareAnswers }
  | { readonly issues: readonly [FieldIssue, ...FieldIssue[]] };

/**
 * Judges a submission against the event's definition.
 *
 * @param band whose it is to be: minors have no position, and fewer groups to choose from
 * @param before what a registration says already: answers to other questions than the event asks here, sessions that it may keep
 * @returns the application to store, or every field that has to change, in the order of the form
 */
export function checkSubmission(
  event: EventDefinition<string>,
  sent: Submission,
  band: AgeBand = 'adult',
  before: Partial<Pick<Application, 'answers' | 'sessions'>> = {},
): SubmissionResult {
  const { issues, take } = taking();
  take('ageBand', checkAgeBand(sent.ageBand, band), undefined);
  const person = takePerson(take, sent, band === 'adult');
  const organisation = take('organisation', checkText('organisation', sent.organisation, true), '');
  const category = take('category', pick(categoriesFor(event, band), sent.category), undefined);
  const country = take('country', checkCountry(sent.country, category, event.countries), '');
  const mode = take('mode', pick(event.modes, sent.mode), undefined);
  const days = take('days', checkDays(event, sent.days), []);
  const sessions = take('sessions', checkSessions(event, sent.sessions ?? [], days, before.sessions), []);
  const closedSessions = sent.closedSessions ?? false;
  if (closedSessions && category) take('closedSessions', checkClosed(event, category), undefined);
  const language = take('language', checkLanguage(event, sent.language), '');
  const about = { category: category?.id, mode: mode?.id, country, sessions };
  const { questions } = askedAtFirst(event);
  const checked = checkAnswers({ ...event, questions }, sent.answers ?? {}, about, before.answers);
  issues.push(...checked.issues);
  const consents = checkConsents(event, sent.consents ?? {});
  issues.push(...consents.issues);

  const [first, ...rest] = issues;
  if (first !== undefined) return { issues: [first, ...rest] };
  const { answers, care } = apart(questions, checked.answers);
  return {
    care,
    application: {
      ...personFields({ ...person, language }),
      organisation,
      country,
      category: category?.id ?? '',
      mode: mode?.id as AttendanceMode,
      days,
      sessions,
      closedSessions,
      answers,
      consents: consents.agreed,
    },
  };
}

/** What was typed, field by field: what is wrong with it is noted, and something else taken in its place. */
export function taking() {
  const issues: FieldIssue[] = [];
  const take = <T>(path: string, checked: Checked<T>, otherwise: T): T => {
    if ('value' in checked) return checked.value;
    issues.push({ path, ...checked.issue });
    return otherwise;
  };
  return { issues, take };
}

export type PersonField = 'email' | 'language' | 'honorific' | 'fullName' | 'badgeName' | 'nativeName' | 'position';

/** Takes what was typed about a person, in the order of the form; what is empty stays so. */
export function takePerson(
  take: ReturnType<typeof taking>['take'],
  sent: Pick<Submission, PersonField>,
  hasPosition: boolean,
): Readonly<Record<Exclude<PersonField, 'language'>, string>> {
  const text = (field: PersonText & PersonField, required = false) =>
    take(field, checkText(field, sent[field], required), '');
  return {
    email: take('email', parseEmailAddress(sent.email), ''),
    honorific: text('honorific'),
    fullName: text('fullName', true),
    badgeName: text('badgeName'),
    nativeName: text('nativeName'),
    position: text('position', hasPosition),
  };
}

/** A person as a registration has them. */
export const personFields = (typed: Readonly<Record<PersonField, string>>): Pick<Application, PersonField> => ({
  email: typed.email,
  language: typed.language,
  ...(typed.honorific !== '' && { honorific: typed.honorific }),
  fullName: typed.fullName,
  badgeName: typed.badgeName === '' ? typed.fullName : typed.badgeName,
  ...(typed.nativeName !== '' && { nativeName: typed.nativeName }),
  position: typed.position,
});

function checkAgeBand(sent: string, band: AgeBand): Checked<undefined> {
  if (sent === '') return refuse('required');
  return sent === band ? accept(undefined) : refuse('unknown-option');
}

/** Judges one of the texts that say who a person is. */
export function checkText(field: PersonText, typed: string | undefined, required: boolean): Checked<string> {
  const checked = cleanText(typed ?? '', { max: TEXT_LIMIT[field], letters: true });
  return required && 'value' in checked && checked.value === '' ? refuse('required') : checked;
}

function pick<T extends { readonly id: string }>(offered: readonly T[], id: string): Checked<T> {
  if (id === '') return refuse('required');
  const found = offered.find((each) => each.id === id);
  return found === undefined ? refuse('unknown-option') : accept(found);
}

function checkCountry(
  code: string,
  category: Category<string> | undefined,
  own: OwnCountries | undefined,
): Checked<string> {
  if (code === '') return refuse('required');
  if (!placesOffered(own).includes(code)) return refuse('unknown-option');
  const open = category?.countries?.includes(code) ?? true;
  return open ? accept(code) : refuse('not-offered', { category: category?.title ?? '' });
}

/** Stored in the event's order, each once, however they were sent. */
function checkDays(event: EventDefinition<string>, ids: readonly string[]): Checked<string[]> {
  const offered = event.days.map((day) => day.id);
  if (!ids.every((id) => offered.includes(id))) return refuse('unknown-option');
  return ids.length === 0 ? refuse('no-day') : accept(offered.filter((id) => ids.includes(id)));
}

/**
 * Those that are open to all, on the chosen days: a form without a script shows those of every day. Stored in order. Of two at the same time
 * one is chosen; an attendee who has both, since one was moved, may keep them.
 */
function checkSessions(
  event: EventDefinition<string>,
  ids: readonly string[],
  days: readonly string[],
  had?: readonly string[],
): Checked<string[]> {
  const offered = signUpSessions(event);
  if (!ids.every((id) => offered.some((session) => session.id === id))) return refuse('unknown-option');
  const chosen = offered.filter(({ id, day }) => ids.includes(id) && days.includes(day));
  const [one, other] = sessionsAtOnce(chosen, had) ?? [];
  return one && other
    ? refuse('sessions-at-once', { one: one.title, other: other.title })
    : accept(chosen.map(({ id }) => id));
}

function checkClosed(event: EventDefinition<string>, { id, title }: Category<string>): Checked<undefined> {
  const offered = event.sessions.some(({ audience }) => audience?.includes(id));
  return offered ? accept(undefined) : refuse('no-closed-sessions', { category: title });
}

function apart(questions: readonly Question<string>[], answers: Application['answers']) {
  const isCare = new Set(questions.filter(({ care }) => care).map(({ id }) => id));
  const entries = Object.entries(answers);
  return {
    answers: Object.fromEntries(entries.filter(([id]) => !isCare.has(id))),
    care: Object.fromEntries(entries.filter(([id]) => isCare.has(id))),
  };
}

export function checkLanguage(event: Pick<EventDefinition<string>, 'languages'>, tag: string): Checked<string> {
  return event.languages.includes(tag) ? accept(tag) : refuse('unknown-option');
}

function checkConsents(event: EventDefinition<string>, sent: Readonly<Record<string, string>>) {
  const issues: FieldIssue[] = [];
  const agreed: Record<string, string> = {};
  for (const consent of event.consents) {
    const path = `consents.${consent.id}`;
    const version = Object.hasOwn(sent, consent.id) ? sent[consent.id] : undefined;
    if (version === consent.version) agreed[consent.id] = version;
    else if (version !== undefined) issues.push({ path, code: 'consent-version' });
    else if (consent.required) issues.push({ path, code: 'not-accepted' });
  }
  const known = event.consents.map((consent) => consent.id);
  for (const id of Object.keys(sent)) {
    if (!known.includes(id)) issues.push({ path: `consents.${id}`, code: 'unknown-field' });
  }
  return { agreed, issues };
}
