import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { lastDay, registrationWindow } from '../../event/event-times.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import {
  type Checked,
  type DefinitionProblem,
  type FieldIssue,
  type Unfit,
  unfit,
} from '../../kernel/text/field-problem.ts';
import { cleanText } from '../../kernel/text/text.ts';
import type { RoleGrant } from '../../team/role/organiser-role.schema.ts';
import { holdsAny, isDeputy, isOfSecretariat, isVetted } from '../../team/role/organiser-role.ts';
import type { Report, ReportState } from './reports.schema.ts';

/** Hours after which a report that nobody opened is told to the secretariat: that there is one, and no more. */
export const UNOPENED_HOURS = 4;

/**
 * The sentences of a report, so that those alike have the same: their order, capitals, spaces and punctuation make no difference. One
 * that says anything else is alike to none. Numbers, and Latin words with digits in them, make none either where they cost nothing: a
 * program that sends a thousand counts them. Scripts without spaces have no such words: of a sentence of theirs the digits alone go.
 */
export function sentencesOf({ what, proven }: Pick<Report, 'what' | 'proven'>): string {
  const sentences = what.normalize('NFKC').toLowerCase().split(SENTENCE_END).map(wordsOf);
  const masked = proven ? sentences : sentences.map((each) => each.split(' ').map(masking).join(' '));
  const says = masked.some((each) => /\p{L}/u.test(each)) ? masked : sentences;
  return JSON.stringify([...new Set(says.filter((each) => each !== ''))].sort());
}

/** Of Latin, Khmer, Burmese, Thai and Chinese writing too. */
const SENTENCE_END = /[.!?…\n\u17D4\u17D5\u104A\u104B\u0E2F\u3002\uFF01\uFF1F]+/u;
const DIGITS = /\p{N}+/gu;
const LATIN = /^[\p{Script=Latin}\p{N}]+$/u;

const masking = (word: string): string => (LATIN.test(word) && /\p{N}/u.test(word) ? '#' : word.replace(DIGITS, '#'));

const wordsOf = (sentence: string): string => sentence.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();

export const stateOf = ({ steps }: Pick<Report, 'steps'>): ReportState => steps.at(-1)?.state ?? 'new';

/** Grapheme clusters. */
const LONGEST = { what: 5000, contact: 300, note: 1000 };

type ReportResult = Pick<Report, 'what' | 'contact'> | { readonly issues: readonly FieldIssue[] };

/** What a reader writes about a report that they looked at; empty where they write nothing. */
export const checkNote = (typed: string): Checked<string> => cleanText(typed, { max: LONGEST.note, lines: true });

/** What no other text may have in it: half a character, what a broken encoding left, a pile of marks. */
const ILLEGIBLE = /[\p{Surrogate}\uFFFD]|(?<=\p{M}{11})\p{M}+/gu;

/** No report is refused for what went wrong with a letter of it (CS23). */
const legible = (typed: string): string => typed.replace(ILLEGIBLE, '?');

export function checkReport(sent: { readonly what: string; readonly contact: string }): ReportResult {
  const what = cleanText(legible(sent.what), { max: LONGEST.what, lines: true });
  const contact = cleanText(legible(sent.contact), { max: LONGEST.contact, lines: true });
  const issues: FieldIssue[] = [
    ...('issue' in what ? [{ path: 'what', ...what.issue }] : []),
    ...('value' in what && what.value === '' ? [{ path: 'what', code: 'required' } as const] : []),
    ...('issue' in contact ? [{ path: 'contact', ...contact.issue }] : []),
  ];
  if (issues.length > 0 || 'issue' in what || 'issue' in contact) return { issues };
  return { what: what.value, ...(contact.value !== '' && { contact: contact.value }) };
}

type Reported = Pick<EventDefinition<unknown>, 'days' | 'minors'>;
type Grants = readonly RoleGrant[];

/** Until when a reader of an event's reports was vetted at least; any day will do where nobody under 18 comes. */
export const readersVettedUntil = (event: Reported): string => (event.minors === undefined ? '' : lastDay(event));

/** Whether a member reads reports because they look after children; deputies do besides. */
export const isReader = (grants: Grants, event: Reported): boolean =>
  isVetted(grants, ['safeguarding'], readersVettedUntil(event));

/** What is said about organisers is not for one, whatever else they are. */
export const readsAboutOrganisers = (grants: Grants): boolean => isDeputy(grants) && !isOfSecretariat(grants);

/** Whether a member was vetted to read reports, and is not any more: their time is over, or the event was moved past it. */
export const isLapsedReader = (grants: Grants, event: Reported): boolean =>
  !isReader(grants, event) &&
  grants.some((grant) => holdsAny([grant], ['safeguarding']) && grant.vettedUntil !== undefined);

type Opening = Pick<
  EventDefinition<unknown>,
  'days' | 'minors' | 'registration' | 'rehearsal' | 'status' | 'secretariat' | 'safeguarding'
>;

/**
 * Why a definition must not be published: registration is open by it, or will be, and nobody would read what is reported (CS17, CS23).
 *
 * @param members what each of the team holds
 */
export function publishingProblems(
  definition: Opening,
  members: readonly Grants[],
  now: Date,
): readonly DefinitionProblem[] {
  if (!mayBeOpen(definition, now)) return [];
  const wanting = (isThere: boolean, who: Unfit) =>
    isThere ? [] : [{ path: ['registration', 'opensAt'], unfit: who }];
  return [
    ...reportingProblems(definition),
    ...wanting(
      members.some((grants) => isReader(grants, definition)),
      definition.minors === undefined ? unfit('open-no-reader') : unfit('open-no-vetted-reader'),
    ),
    ...wanting(members.some(readsAboutOrganisers), unfit('open-no-deputy')),
  ];
}

/**
 * Why a change must not be made: it opens registration although nobody would read what is reported, or loses whom reports reach while
 * registration is open. What is open already can be changed otherwise, and shut.
 *
 * @param before the event as it is; absent where it is new
 * @param members what each of the team holds
 */
export function openingProblems(
  before: Opening | undefined,
  after: Opening,
  members: readonly Grants[],
  now: Date,
): readonly DefinitionProblem[] {
  if (before === undefined || opens(before, after, now)) return publishingProblems(after, members, now);
  return mayBeOpen(after, now) && reportingProblems(before).length === 0 ? reportingProblems(after) : [];
}

/** Whether registration is open by a definition at some time from now on, and to people who are not made up. */
const mayBeOpen = (event: Opening, now: Date): boolean =>
  !event.rehearsal &&
  !event.registration.closed &&
  !isCalledOff(event) &&
  Date.parse(event.registration.closesAt) > now.getTime();

/** Whether registration will be open at a time at which it would not have been. */
function opens(before: Opening, after: Opening, now: Date): boolean {
  const { opensAt, closesAt } = after.registration;
  if (!mayBeOpen(after, now)) return false;
  if (before.registration.closed || isCalledOff(before)) return true;
  if (registrationWindow(before, now) === 'open') return false;
  const { registration: was } = before;
  return Date.parse(opensAt) < Date.parse(was.opensAt) || Date.parse(closesAt) > Date.parse(was.closesAt);
}

/**
 * What keeps registration shut: without a reader of reports about a child, and a deputy outside the secretariat whom they reach
 * too, nobody should be asked to come (CS17, CS23).
 */
export function reportingProblems({
  registration,
  secretariat,
  safeguarding,
}: Pick<EventDefinition<unknown>, 'registration' | 'secretariat' | 'safeguarding'>): DefinitionProblem[] {
  if (registration.closed) return [];
  if (safeguarding === undefined) {
    return [{ path: ['safeguarding'], unfit: unfit('reports-no-contact') }];
  }
  const { deputy, email } = safeguarding;
  if (deputy === undefined) {
    return [{ path: ['safeguarding', 'deputy'], unfit: unfit('reports-no-deputy') }];
  }
  const path = ['safeguarding', 'deputy', 'email'];
  if (addressIdentity(deputy.email) === addressIdentity(email)) {
    return [{ path, unfit: unfit('reports-same') }];
  }
  if (isWithin(deputy.email, secretariat.email) || isWithin(secretariat.email, deputy.email)) {
    return [{ path, unfit: unfit('reports-domain', { domain: domainOf(secretariat.email) }) }];
  }
  return [];
}

/** `mail.example.org` is of `example.org`. */
const isWithin = (address: string, other: string): boolean => `.${domainOf(address)}`.endsWith(`.${domainOf(other)}`);

const domainOf = (address: string): string => addressIdentity(address).slice(address.lastIndexOf('@') + 1);
