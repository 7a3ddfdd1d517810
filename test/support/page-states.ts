import type { MemberState } from '../../shared/delegation/delegation.ts';
import { REGISTRATION_STATUSES } from '../../shared/event/attendee.ts';
import type { EventDefinition, Question, QuestionType } from '../../shared/event/event.ts';
import { QUESTION_TYPES } from '../../shared/event/questions.ts';
import { formsOf } from '../../shared/feedback/form/form.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import { UNREADABLE } from '../../shared/kernel/http/parts.schema.ts';
import type { ProblemType } from '../../shared/kernel/http/problem.schema.ts';
import type { ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import { noticeWords } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';
import { FOR_PEOPLE, type Route } from '../../shared/kernel/route.ts';
import type { FieldCode } from '../../shared/kernel/text/field-problem.ts';
import type { AgreedConsent } from '../../shared/registration/self-service.schema.ts';
import { ROUTES } from '../../shared/routes.ts';
import { everyPurposeKept } from '../../shared/uses.ts';
import { type CertificatePage, certificatePage, verifyPage } from '../../web/site/certificates/certificate-page.ts';
import { askedOfDelegations } from '../../web/site/delegation/columns.ts';
import { delegationPage, delegationStartPage } from '../../web/site/delegation/delegation-page.ts';
import { peoplePage } from '../../web/site/delegation/people-page.ts';
import { substitutePage } from '../../web/site/delegation/person-page.ts';
import { eventPage } from '../../web/site/event/event-page.ts';
import { feedbackThanksPage, formTitle } from '../../web/site/feedback/feedback-page.ts';
import { privacyPage } from '../../web/site/kernel/notices.ts';
import { problemAnswer } from '../../web/site/kernel/problem-answer.ts';
import { changeGuardianPage } from '../../web/site/minors/guardian-page.ts';
import { reportSentPage } from '../../web/site/minors/report-page.ts';
import { youngFormPage } from '../../web/site/minors/young-form-page.ts';
import { consentFormPage, youngPeoplePage } from '../../web/site/minors/young-people-page.ts';
import { confirmedPage, confirmPage } from '../../web/site/registration/confirm-page.ts';
import { findPage, linkSentPage } from '../../web/site/registration/find-page.ts';
import { formValues } from '../../web/site/registration/form-values.ts';
import {
  CHALLENGE,
  FILLED,
  forum,
  member,
  pageMakers,
  pages,
  person,
  registration,
  TOKEN,
  translate,
  UNANSWERED,
} from './site-pages.ts';

/** Routes whose answers people read: also of a document, where there is none to give. */
export const PAGE_ROUTES = Object.entries<Route>(ROUTES).filter(([, { kind }]) => FOR_PEOPLE.includes(kind));

/** What any route may be answered with, and what no route is. */
const OF_EVERY_ROUTE = ['busy', 'internal', 'not-found', 'method-not-allowed'] as const satisfies ProblemType[];

/** Those that routes of pages name. */
const PAGE_PROBLEMS: readonly ProblemType[] = [
  ...new Set([...PAGE_ROUTES.flatMap(([, { errors }]) => errors), ...OF_EVERY_ROUTE]),
].sort();

/** What can be said on one's own page of a press that was not done. */
const REFUSED = [...new Set([...ROUTES.postRegistration.errors, ...ROUTES.postOnline.errors])].filter(
  (type) => !(UNREADABLE as readonly ProblemType[]).includes(type),
);

/** Last parts of the keys of words that begin so. */
const wordsAfter = (beginning: string): string[] =>
  Object.keys(SITE.in('en')).flatMap((key) => (key.startsWith(beginning) ? [key.slice(beginning.length)] : []));

const DONE = wordsAfter('self.done.');
const FIELD_CODES = wordsAfter('field.') as FieldCode[];
const PERSON_DONE = wordsAfter('person.done.');
const MEMBER_STATES: readonly MemberState[] = [...REGISTRATION_STATUSES, 'mailed', 'given-up'];

/** Values that some of their words put in. */
const PARAMS = {
  others: 'Row 9: Dara Sample',
  max: 25,
  people: 30,
  category: 'Media',
  column: 'Name',
  problem: { why: 'text-blank' },
  kilobytes: 64,
  status: '',
};

const TYPES = Object.keys(QUESTION_TYPES) as QuestionType[];

/** A consent in the words of then: without them where it counts for nothing any more, as of one that was given before they were kept. */
const agreed = (of: AgreedConsent['of'], id: string, counts: boolean): AgreedConsent => ({
  ...{ of, id, counts, version: counts ? '2027-1' : 'before' },
  ...(counts && {
    at: '2026-11-25T02:00:00.000Z',
    hash: 'x'.repeat(24),
    words: { title: 'Code of conduct', agreement: 'I keep to it.', points: ['Be kind.', 'Listen.'] },
  }),
});

const AGREED = { registration: { fullName: 'Dara', minor: { guardianConsents: { attendance: '2027-1' } } } };

const named = <T extends string>(
  beginning: string,
  all: readonly T[],
  page: (each: T) => string,
): Record<string, string> => Object.fromEntries(all.map((each) => [`${beginning}${each}`, page(each)]));

/** Pages by name: every page of the site, in every state that is seen by its words. */
export const everyPage = (language: ProductLanguage): Record<string, string> => ({
  ...pages(language),
  ...states(language),
  ...ofOtherEvents(language),
  ...problemPages(language),
});

/** States that differ from a page of `pages` in a few words: no browser has to look at each. */
function states(language: ProductLanguage): Record<string, string> {
  const { common, problem, form, manage, consent, amend, letter } = pageMakers(language);
  const { event } = common;
  const find = { ...common, path: `/e/${event.id}/find` };
  const closed = formsOf(event).find(({ session }) =>
    event.sessions.some(({ id, audience }) => id === session && audience !== undefined),
  );
  if (closed === undefined) throw new Error('the forum has no form about a closed session');
  const certificate = (of: Pick<CertificatePage, 'standing'> & Partial<CertificatePage>): string =>
    certificatePage({
      ...common,
      fullName: 'Sokha Sample',
      isMinor: false,
      path: `/m/${TOKEN}/certificate`,
      ...of,
    });
  const noTicket = { ticket: undefined, joinLinks: undefined };
  return {
    'form-every-problem': form({
      values: FILLED,
      problems: FIELD_CODES.map((code) => problem('fullName', code, PARAMS)),
    }),
    find: findPage({ ...find, values: {}, problems: [] }),
    'find-in-doubt': findPage({ ...find, values: { email: ['sokha@gmial.com'] }, problems: [], inDoubt: ['email'] }),
    'find-refused': findPage({
      ...find,
      values: { email: ['nobody'] },
      problems: [problem('email', 'email-format')],
      challenge: CHALLENGE,
    }),
    'find-sent': linkSentPage({ ...find, to: 'find', sender: 'forum@example.org' }),
    ...named('manage-', REGISTRATION_STATUSES, (status) => manage({ status, ...noTicket })),
    ...named('manage-unproven-', REGISTRATION_STATUSES, (status) => manage({ status, unproven: true, ...noTicket })),
    'manage-seat-lost': manage({ status: 'expired', seatLost: true, ...noTicket }),
    'manage-waitlisted-in-person': manage({ status: 'waitlisted', mode: 'in-person', ...noTicket }),
    'manage-in-person-online': manage({ mode: 'in-person' }),
    'manage-no-letter': manage({ mode: 'in-person', answers: { invitationLetter: false } }),
    'manage-declined-unexplained': manage({ status: 'declined', category: 'media', ...noTicket }),
    'manage-young-declined': manage({ status: 'declined', ageBand: 'minor', ...noTicket }),
    'manage-young-cancelled': manage({ status: 'cancelled', ageBand: 'minor', ...noTicket }),
    'manage-young-arranged': manage({ ageBand: 'minor', mode: 'in-person', chaperone: 'arranged' }),
    'manage-unreachable-kept': manage({ unreachable: {} }),
    'manage-feedback': manage({}, { afterwards: { feedback: true, certificate: false } }),
    ...named('manage-done-', DONE, (done) => manage({}, { done })),
    ...named('manage-refused-', REFUSED, (refused) => manage({}, { done: undefined, refused })),
    'manage-agreed-words': manage({}, { agreedConsents: [agreed('attendee', 'code-of-conduct', true)] }),
    'manage-agreed-less': manage({}, { agreedConsents: [agreed('attendee', 'code-of-conduct', false)] }),
    'consent-asked-anew': consent({
      registration: { fullName: 'Dara', minor: { guardianConsents: { attendance: 'before' } } },
      agreedConsents: [agreed('guardian', 'attendance', false)],
    }),
    'consent-handover': consent({
      ...AGREED,
      handover: { code: '123456', isLocked: false, said: undefined },
    }),
    'consent-handover-said': consent({
      ...AGREED,
      handover: {
        code: '123456',
        isLocked: true,
        said: { alone: false, adults: ['Bopha Sample'], never: 'Nobody Sample', saidAt: '2027-10-01T02:00:00.000Z' },
      },
    }),
    'consent-handover-refused': consent({
      ...AGREED,
      handover: { code: '123456', isLocked: false, said: undefined },
      values: { 'handover.alone': ['yes'], 'handover.never': [''] },
      problems: [problem('handover.adult1', 'too-long', PARAMS), problem('phone', 'phone-format')],
    }),
    'amend-closed': amend({
      values: formValues(registration({ closedSessions: true, answers: { invitationLetter: false } }), event),
    }),
    'amend-in-person': amend({ registration: { ...registration({ mode: 'in-person' }) } }),
    'letter-online': letter({ mode: 'online', honorific: undefined, nativeName: undefined }),
    ...named('person-', MEMBER_STATES, (state) => person(language, { state })),
    ...named('person-done-', PERSON_DONE, (done) => person(language, { done })),
    'delegation-nameless': delegationPage({
      ...common,
      path: `/d/${TOKEN}`,
      email: 'sokha@example.org',
      isMailStopped: false,
      members: [{ member: member(1, { name: undefined }), state: 'given-up' }],
      places: 0,
    }),
    'person-nameless': person(language, {
      member: member(1, { name: undefined }),
      state: 'given-up',
      registration: undefined,
    }),
    'delegation-people-refused-in-general': peoplePage({
      ...common,
      event: askedOfDelegations(event),
      path: `/d/${TOKEN}/people`,
      email: 'sokha@example.org',
      places: 25,
      common: {},
      rows: [{ number: 0, cells: { fullName: 'Sokha Sample' } }],
      problems: [problem('days', 'no-day')],
      added: 0,
      doubts: new Set(),
      settled: new Set<number>(),
    }),
    ...named('certificate-', ['none', 'ended', 'revoked'] as const, (kind) => certificate({ standing: { kind } })),
    'certificate-not-yet-young': certificate({ standing: { kind: 'not-yet' }, isMinor: true }),
    'certificate-not-earned-days': certificate({
      standing: { kind: 'not-earned', counts: 'days', came: 1, needed: 2 },
    }),
    'feedback-closed-session': feedbackThanksPage({
      ...common,
      form: closed,
      title: formTitle(event, closed, common.t),
      path: `/f/${event.id}/${closed.id}/thanks`,
    }),
    'verify-revoked': verifyPage({
      ...common,
      path: `/e/${event.id}/verify`,
      typed: '7K3-M9Q-X2AB',
      verdict: { kind: 'revoked' },
    }),
    'verify-receipt': verifyPage({
      ...common,
      path: `/e/${event.id}/verify`,
      typed: '7K3-M9Q-X2AB',
      verdict: {
        kind: 'receipt',
        at: '2026-11-25T02:00:00.000Z',
        fingerprint: 'x'.repeat(20),
        words: { title: 'Code of conduct', agreement: 'I keep to it.', points: ['Be kind.'] },
      },
    }),
    'verify-nowhere': verifyPage({
      event: undefined,
      language,
      t: translate(language),
      path: '/e/none/verify',
      typed: '7K3-M9Q-X2AB',
      verdict: { kind: 'not-valid' },
    }),
  };
}

/** The first of two events that a definition may describe and the forum is not: the least, for adults only, in one language. */
function plainEvent(language: ProductLanguage): EventDefinition<string> {
  const { minors: _, safeguarding: __, feedback: ___, certificate: ____, ...all } = forum(language);
  return {
    ...all,
    registration: { ...all.registration, closed: true },
    languages: [language],
    modes: all.modes.slice(0, 1),
    categories: all.categories.map(({ minors: _, countries: __, approval: ___, ...category }) => category),
    ...{ questions: [], quotas: [], sessions: [], resources: [], about: [], supporters: [], consents: [] },
  };
}

/** The other: with each type of question and of condition, sessions to sign up for, and groups that wait for a decision. */
function fullEvent(language: ProductLanguage): EventDefinition<string> {
  const all = forum(language);
  const [first, second] = all.categories;
  const [session] = all.sessions;
  if (first === undefined || second === undefined || session === undefined) throw new Error('the forum has too little');
  const question = (type: QuestionType, more: Partial<Question<string>> = {}): Question<string> => ({
    id: type,
    type,
    title: `Question of ${type}`,
    required: false,
    ...((type === 'choice' || type === 'multi-choice') && {
      options: ['one', 'two'].map((id) => ({ id, title: `Option ${id}` })),
    }),
    ...more,
  });
  const when: readonly Question<string>['when'][] = [
    { category: [first.id, second.id] },
    { mode: ['online'] },
    { country: ['KH', 'LA'] },
    { session: [session.id] },
    { question: 'yes-no', in: ['true', 'false'] },
    { question: 'choice', in: ['one'] },
    { all: [{ mode: ['in-person'] }, { not: { category: [first.id] } }] },
    { any: [{ country: ['VN'] }, { all: [{ mode: ['online'] }, { question: 'choice', in: ['two'] }] }] },
  ];
  return {
    ...all,
    questions: [
      ...TYPES.map((type) => question(type, { hint: `Hint of ${type}` })),
      ...TYPES.map((type) => question(type, { id: `${type}-required`, required: true, max: 7 })),
      ...when.map((condition, index) =>
        question('text', { id: `when-${index}`, ...(condition && { when: condition }) }),
      ),
      question('yes-no', { id: 'later', care: true, later: true }),
      question('long-text', { id: 'care', care: true }),
    ],
    categories: all.categories.map((category) => ({ ...category, approval: true, countries: ['KH', 'LA'] })),
    sessions: all.sessions.map((each, index) => ({
      ...each,
      signUp: index % 2 === 0,
      ...(index === 1 && { audience: [second.id] }),
    })),
  };
}

const EVENTS = { plain: plainEvent, full: fullEvent };

/** What of an event's definition changes a page, on the pages that it changes. */
const ofOtherEvents = (language: ProductLanguage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(EVENTS).flatMap(([name, eventIn]) =>
      Object.entries(ofEvent(language, eventIn(language))).map(([page, text]) => [`${page}-of-${name}`, text]),
    ),
  );

function ofEvent(language: ProductLanguage, event: EventDefinition<string>): Record<string, string> {
  const { common, form, thanks, manage, amend, consent, report, letter } = pageMakers(language, event);
  const words = noticeWords(language);
  const path = (page: string): string => `/e/${event.id}/${page}`;
  const view = registration({ answers: { 'yes-no': true, 'multi-choice': ['one'], choice: 'two', number: 3 } });
  const delegated = askedOfDelegations(event);
  const noTicket = { ticket: undefined, joinLinks: undefined };
  const [first] = event.categories;
  return {
    event: eventPage({ ...common, registration: 'open' }),
    'event-not-open': eventPage({ ...common, registration: 'not-open' }),
    form: form(),
    'form-filled': form({ values: { ...FILLED, invitation: ['CODE'], category: [first?.id ?? ''] } }),
    thanks: thanks({ email: 'sokha@example.org' }),
    'young-form': youngFormPage({ ...common, path: path('register/young'), values: {}, problems: [] }),
    confirm: confirmPage({
      ...common,
      application: view,
      edition: 'sample',
      until: '2026-11-26T02:00:00.000Z',
      isChanged: false,
      path: `/c/${TOKEN}`,
    }),
    confirmed: confirmedPage({ ...common, sender: 'forum@example.org', path: `/c/${TOKEN}` }),
    manage: manage({ ...view, mode: 'in-person' }),
    'manage-waitlisted': manage({ status: 'waitlisted', mode: 'in-person', ...noTicket }),
    'manage-declined': manage({ status: 'declined', ...noTicket }),
    'manage-paper-awaited': manage({ ...UNANSWERED, consentOnPaper: 'awaited' }),
    amend: amend({ registration: view, values: formValues(view, event) }),
    'amend-young': amend({ registration: registration({ ageBand: 'minor' }) }),
    consent: consent({}),
    'consent-agreed': consent({
      ...AGREED,
      handover: { code: '123456', isLocked: false, said: undefined },
    }),
    'consent-form': consentFormPage({ ...common, words, path: path('consent-form') }),
    'change-guardian': changeGuardianPage({
      ...common,
      hasCode: true,
      values: {},
      problems: [],
      path: `/m/${TOKEN}/guardian`,
    }),
    report: report(),
    'report-sent': reportSentPage({ ...common, path: path('report'), reference: '7K3M9QX2AB' }),
    letter: letter(),
    privacy: privacyPage({ ...common, words, path: path('privacy'), kept: everyPurposeKept() }),
    'young-people': youngPeoplePage({ ...common, words, path: path('young-people') }),
    'delegation-start': delegationStartPage({ ...common, path: path('delegation'), values: {}, problems: [] }),
    'delegation-people': peoplePage({
      ...common,
      event: delegated,
      path: `/d/${TOKEN}/people`,
      email: 'sokha@example.org',
      places: 25,
      common: { ...FILLED, adults: ['yes'] },
      rows: [{ number: 0, cells: { fullName: 'Sokha Sample' } }],
      problems: [],
      added: 0,
      doubts: new Set(),
      settled: new Set<number>(),
    }),
    substitute: substitutePage({
      ...common,
      event: delegated,
      path: `/d/${TOKEN}/people/line-1/substitute`,
      values: { revision: ['1'] },
      problems: [],
    }),
    certificate: certificatePage({
      ...common,
      standing: { kind: 'earned' },
      names: { name: 'Sokha Sample' },
      fullName: 'Sokha Sample',
      isMinor: false,
      path: `/m/${TOKEN}/certificate`,
    }),
  };
}

/** Everything that a page can be answered with which is no page of its own: at an address, at one's own page, and where an event is known. */
const problemPages = (language: ProductLanguage): Record<string, string> => {
  const t = translate(language);
  const ID = 'aBcDeFgHIAMEJ4Q=';
  const about = { eventId: forum(language).id };
  const problem = (type: ProblemType, more = {}) =>
    new ProblemError(...([type, { ...PARAMS, ...more }] as unknown as ConstructorParameters<typeof ProblemError>));
  return {
    ...named('problem-', PAGE_PROBLEMS, (type) => problemAnswer(problem(type), language, '/e/none', t, ID)),
    ...named('problem-own-', PAGE_PROBLEMS, (type) =>
      problemAnswer(problem(type), language, `/m/${TOKEN}/amend`, t, ID),
    ),
    ...named('problem-event-', PAGE_PROBLEMS, (type) =>
      problemAnswer(problem(type, about), language, `/e/${about.eventId}`, t, ID),
    ),
    ...named('problem-nowhere-', PAGE_PROBLEMS, (type) => problemAnswer(problem(type), language, undefined, t, ID)),
  };
};
