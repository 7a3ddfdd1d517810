import { loadEvent } from '../../cli/event-file.ts';
import { needsAskedOf } from '../../shared/care/care-needs.ts';
import type { Member } from '../../shared/delegation/delegation.schema.ts';
import { cellOptions } from '../../shared/delegation/people/reading.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { localise, splitTexts } from '../../shared/event/event-texts.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import type { ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import { noticeWords } from '../../shared/kernel/i18n/notices.store.ts';
import { fieldWords } from '../../shared/kernel/i18n/problems.ts';
import { siteWords } from '../../shared/kernel/i18n/site.store.ts';
import type { SiteTranslate } from '../../shared/kernel/i18n/words.ts';
import type { ProofChallenge } from '../../shared/kernel/proof.schema.ts';
import type { FieldCode, Reason } from '../../shared/kernel/text/field-problem.ts';
import type { AddressLink } from '../../shared/registration/change/address-change.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { RegistrationView } from '../../shared/registration/self-service.schema.ts';
import { qrSvg } from '../../shared/ticket/qr.store.ts';
import { everyPurposeKept } from '../../shared/uses.ts';
import { type CarePage, carePage } from '../../web/site/care/care-page.ts';
import { type JoinPage, joinPage } from '../../web/site/checkin/join-page.ts';
import { askedOfDelegations } from '../../web/site/delegation/columns.ts';
import { delegationPage, delegationStartPage, ticketsPage } from '../../web/site/delegation/delegation-page.ts';
import { type MendPage, mendPage } from '../../web/site/delegation/mend-page.ts';
import { peoplePage, tablePage, waysPage } from '../../web/site/delegation/people-page.ts';
import { type PersonPage, personPage, substitutePage } from '../../web/site/delegation/person-page.ts';
import { eventPage, sharingOf } from '../../web/site/event/event-page.ts';
import type { FieldProblem, ProvenFormPage } from '../../web/site/kernel/form.ts';
import { accessibilityPage, privacyPage } from '../../web/site/kernel/notices.ts';
import { problemAnswer } from '../../web/site/kernel/problem-answer.ts';
import { type ConsentPage, consentPage } from '../../web/site/minors/consent-page.ts';
import { changeGuardianPage } from '../../web/site/minors/guardian-page.ts';
import { type ReportPage, reportPage, reportSentPage } from '../../web/site/minors/report-page.ts';
import { completePage, youngFormPage } from '../../web/site/minors/young-form-page.ts';
import { consentFormPage, youngPeoplePage } from '../../web/site/minors/young-people-page.ts';
import {
  addressLinkPage,
  type ChangeAddressPage,
  changeAddressPage,
} from '../../web/site/registration/address-page.ts';
import { type AmendPage, amendPage } from '../../web/site/registration/amend-page.ts';
import { cancelPage } from '../../web/site/registration/cancel-page.ts';
import { confirmedPage, confirmPage } from '../../web/site/registration/confirm-page.ts';
import {
  erasedPage,
  farewellPage,
  linkReplacedPage,
  unsubscribePage,
} from '../../web/site/registration/ended-pages.ts';
import { linkSentPage } from '../../web/site/registration/find-page.ts';
import { formValues } from '../../web/site/registration/form-values.ts';
import { letterPage } from '../../web/site/registration/letter-page.ts';
import { onlineInsteadPage } from '../../web/site/registration/manage/join-links.ts';
import { type ManagePage, managePage } from '../../web/site/registration/manage-page.ts';
import { registerPage, type ThanksPage, thanksPage } from '../../web/site/registration/register-page.ts';
import { certificatePages } from './certificate-pages.ts';
import { feedbackPages } from './feedback-pages.ts';

const { rules, texts } = splitTexts(loadEvent('events/asean-ict-forum.yaml'));

/** The real forum, in one language. */
export const forum = (language: string): EventDefinition<string> => localise(rules, texts[language] ?? {});

export const translate = (language: string): SiteTranslate => siteWords(language);

const SITE = 'https://forum.example.org';
/** What an approver asks an applicant. */
const ASKED = { text: 'For which paper do you write?\nWho is your editor?', askedAt: '2026-11-25T02:00:00.000Z' };
export const TOKEN = 'sample-token';

/** Called off, or cancelled, once the event had begun. */
const ONLY_FEEDBACK = {
  afterwards: { feedback: true, certificate: false },
  feedback: { token: 'sample-feedback-token', name: 'Sokha', until: 1 },
};

/** A company's technical expert who attends online. */
export const FILLED = {
  ageBand: ['adult'],
  email: ['sokha@example.org'],
  fullName: ['Sokha Sample'],
  position: ['Engineer'],
  organisation: ['Example Telecom'],
  country: ['KH'],
  category: ['private-sector'],
  'answers.companySize': ['large'],
  'answers.interpretation': ['khmer', 'lao'],
  mode: ['online'],
  days: ['day-1'],
};

export function registration(changes: Partial<RegistrationView> = {}): RegistrationView {
  return {
    reference: '7K3M9QX2AB',
    status: 'confirmed',
    event: { id: 'asean-ict-forum', title: forum('en').title },
    email: 'sokha@example.org',
    honorific: 'Dr',
    fullName: 'Sokha Sample',
    badgeName: 'Sokha',
    nativeName: 'សុខា',
    position: 'Engineer',
    organisation: 'Example Telecom',
    country: 'KH',
    category: 'private-sector',
    mode: 'online',
    days: ['day-1', 'day-2'],
    sessions: [],
    closedSessions: false,
    role: 'attendee',
    language: 'en',
    answers: { companySize: 'large', interpretation: ['khmer', 'lao'], invitationLetter: true },
    consents: { 'code-of-conduct': '2027-1' },
    submittedAt: '2026-11-25T02:00:00.000Z',
    ticket: { code: `PLN1:${'7A'.repeat(48)}`, typed: '0123456789ABCDEFGHJK', expiresAt: '2028-02-01T10:00:00.000Z' },
    joinLinks: [{ session: 'opening', title: 'Opening of the Forum', path: `/j/${TOKEN}/opening` }],
    ...changes,
  };
}

/** Never solved: no key begins so. */
export const CHALLENGE: ProofChallenge = {
  parameters: {
    algorithm: 'PBKDF2/SHA-256',
    nonce: '00'.repeat(16),
    salt: '00'.repeat(16),
    cost: 5000,
    keyLength: 32,
    keyPrefix: 'unsolvable',
    keySignature: '00'.repeat(32),
    expiresAt: 1_800_000_000,
    data: { event: 'asean-ict-forum' },
  },
  signature: '00'.repeat(32),
};

/** Of someone under 18 before their answers. */
export const UNANSWERED = {
  status: 'pending-guardian',
  ageBand: 'minor',
  answerBy: '2026-12-09T02:00:00.000Z',
  fullName: 'Dara',
  badgeName: 'Dara',
  days: [],
  category: '',
  ticket: undefined,
  joinLinks: undefined,
} as const;

/** What makes pages of one event in one language: each takes what is otherwise than usual. */
export function pageMakers(language: ProductLanguage, event: EventDefinition<string> = forum(language)) {
  const t = translate(language);
  const common = { event, language, t, siteUrl: SITE, sharing: sharingOf(SITE) };
  return {
    common,
    problem: (path: string, code: FieldCode, params?: object): FieldProblem => ({
      path,
      code,
      message: fieldWords({ code, params } as Reason, t),
    }),
    form: (changes: Partial<ProvenFormPage> = {}): string =>
      registerPage({ ...common, path: `/e/${event.id}/register`, values: {}, problems: [], ...changes }),
    thanks: (changes: Partial<ThanksPage> = {}): string =>
      thanksPage({ ...common, path: `/e/${event.id}/thanks`, sender: 'forum@example.org', ...changes }),
    manage: (changes?: Partial<RegistrationView>, more: Partial<ManagePage> = {}): string => {
      const view = registration(changes);
      const qr = view.ticket && qrSvg(view.ticket.code, t('manage.ticket.qr'));
      return managePage({ ...common, registration: view, qr, path: `/m/${TOKEN}`, done: 'send-again', ...more });
    },
    care: (values: CarePage['values'], problems: CarePage['problems'], answeredAt?: string): string => {
      const questions = needsAskedOf(event, registration({ mode: 'in-person' }));
      return carePage({ ...common, questions, answeredAt, path: `/m/${TOKEN}/care`, values, problems });
    },
    changeGuardian: (hasCode: boolean, problems: FieldProblem[] = []): string =>
      changeGuardianPage({ ...common, hasCode, values: {}, problems, path: `/m/${TOKEN}/guardian` }),
    changeAddress: (of: Partial<ChangeAddressPage> = {}): string =>
      changeAddressPage({
        ...common,
        registration: registration(),
        hasCode: false,
        values: {},
        problems: [],
        path: `/m/${TOKEN}/address`,
        ...of,
      }),
    amend: (changes: Partial<AmendPage> = {}): string => {
      const view = registration();
      const values = formValues(view, event);
      return amendPage({ ...common, registration: view, values, problems: [], path: `/m/${TOKEN}/amend`, ...changes });
    },
    consent: (of: Partial<ConsentPage>): string =>
      consentPage({
        ...common,
        registration: { fullName: 'Dara', minor: { answerBy: UNANSWERED.answerBy } },
        agreedConsents: [],
        path: `/g/${TOKEN}`,
        values: {},
        problems: [],
        ...of,
      }),
    report: (of: Partial<ReportPage> = {}): string =>
      reportPage({
        ...common,
        path: `/e/${event.id}/report`,
        values: {},
        problems: [],
        challenge: CHALLENGE,
        ...of,
      }),
    letter: (of: Partial<RegistrationView> = {}): string =>
      letterPage({
        ...common,
        registration: registration({ mode: 'in-person', ...of }),
        path: `/m/${TOKEN}/letter`,
        now: new Date('2026-11-25T02:00:00.000Z'),
      }),
  };
}

/** Every page of the site in its states, by name. */
export function pages(language: ProductLanguage): Record<string, string> {
  const { common, problem, form, thanks, manage, care, changeGuardian, amend, consent, report, letter } =
    pageMakers(language);
  const { event, t } = common;
  const words = noticeWords(language);
  const path = `/e/${event.id}/register`;
  const problems = [
    problem('fullName', 'required'),
    problem('email', 'email-format'),
    problem('answers.companyReach', 'required'),
    problem('days', 'no-day'),
    problem('consents.code-of-conduct', 'not-accepted'),
    problem('stranger', 'unknown-field'),
  ];
  const join = (state: JoinPage['state'], meetingUrl?: string): string => {
    const session = event.sessions.find(({ id }) => id === 'opening');
    if (session === undefined) throw new Error('the sample needs the session "opening"');
    const opensAt = '2027-11-02T01:45:00.000Z';
    return joinPage({
      ...common,
      session,
      state,
      opensAt,
      meetingUrl,
      path: `/j/${TOKEN}/opening`,
      managePath: `/m/${TOKEN}`,
    });
  };
  return {
    event: eventPage({ ...common, registration: 'open' }),
    'event-not-open': eventPage({ ...common, registration: 'not-open' }),
    'event-closed': eventPage({ ...common, registration: 'closed' }),
    ...Object.fromEntries(
      (['cancelled', 'postponed', 'moved-online'] as const).flatMap((status) => {
        const stated = { ...common, event: { ...event, status } };
        const open = status === 'moved-online';
        const shown = open ? {} : { ticket: undefined, joinLinks: undefined };
        return [
          [`event-${status}`, eventPage({ ...stated, registration: open ? 'open' : 'closed' })],
          [`manage-event-${status}`, manage(shown, { event: stated.event, changesAddress: status === 'postponed' })],
          [
            `manage-event-${status}-gone`,
            manage({ status: 'cancelled', ...shown }, { event: stated.event, hasClosed: !open }),
          ],
        ];
      }),
    ),
    form: form(),
    'form-refused': form({ values: FILLED, problems }),
    'form-in-doubt': form({ values: { ...FILLED, email: ['sokha@gmial.com'] }, inDoubt: ['email'] }),
    'form-guarded': form({ values: FILLED, challenge: CHALLENGE }),
    thanks: thanks({ email: 'sokha@example.org' }),
    'thanks-young': thanks({ asked: 'young', email: 'young@example.org' }),
    'thanks-confirm': thanks({ asked: 'confirm', email: 'sokha@example.org' }),
    ...confirmPages(language),
    'young-form-guarded': youngFormPage({
      ...common,
      path: `${path}/young`,
      values: {},
      problems: [],
      challenge: CHALLENGE,
    }),
    'young-form': youngFormPage({ ...common, path: `${path}/young`, values: {}, problems: [] }),
    'young-form-refused': youngFormPage({
      ...common,
      path: `${path}/young`,
      values: { name: ['Dara'], 'guardian.email': ['dara@example.org'] },
      problems: [
        problem('email', 'required'),
        problem('guardian.name', 'required'),
        problem('guardian.email', 'same-address'),
      ],
    }),
    'young-form-in-doubt': youngFormPage({
      ...common,
      path: `${path}/young`,
      values: { name: ['Dara'], email: ['dara@gmial.com'], 'guardian.email': ['vanna@gmail.con'] },
      problems: [],
      inDoubt: ['email', 'guardian.email'],
    }),
    'manage-rehearsal': manage({}, { event: { ...event, rehearsal: true } }),
    'manage-unproven': manage({ ...UNANSWERED, unproven: true }),
    'manage-guardian-asked': manage({ ...UNANSWERED }),
    'manage-guardian-unreachable': manage({ ...UNANSWERED, guardianUnreachable: true }),
    'change-guardian': changeGuardian(false),
    'change-guardian-code': changeGuardian(true),
    'change-guardian-in-doubt': changeGuardianPage({
      ...common,
      hasCode: true,
      values: { 'guardian.email': ['vanna@hotmial.com'] },
      problems: [],
      inDoubt: ['guardian.email'],
      path: `/m/${TOKEN}/guardian`,
    }),
    'change-guardian-refused': changeGuardian(true, [
      problem('code', 'code-not-valid'),
      problem('guardian.email', 'same-address'),
    ]),
    ...addressPages(language),
    'manage-care-answered': manage({ careAnsweredAt: '2026-11-25T02:00:00.000Z' }, { done: 'care' }),
    'manage-unreachable': manage({ unreachable: { lapsesAt: '2026-12-09T02:00:00.000Z' } }),
    'manage-lapsed': manage({ status: 'cancelled', lapsed: true, ticket: undefined, joinLinks: undefined }),
    'manage-guardian-agreed': manage({ ...UNANSWERED, guardianConsents: { attendance: '2027-1' } }),
    'manage-young-chaperone': manage({
      ageBand: 'minor',
      mode: 'in-person',
      joinLinks: undefined,
      nativeName: undefined,
      chaperone: 'sought',
    }),
    'manage-chaperone-asked': manage({
      mode: 'in-person',
      joinLinks: undefined,
      chaperoning: { state: 'asked', minors: 3 },
    }),
    'manage-chaperone': manage({
      mode: 'in-person',
      joinLinks: undefined,
      chaperoning: { state: 'accepted', minors: 1 },
    }),
    'manage-paper-awaited': manage({ ...UNANSWERED, consentOnPaper: 'awaited' }),
    'manage-paper-recorded': manage({ ...UNANSWERED, consentOnPaper: 'recorded' }),
    'consent-form': consentFormPage({ ...common, words, path: `/e/${event.id}/consent-form` }),
    'thanks-paper': thanks({ asked: 'paper', email: 'young@example.org' }),
    'manage-young': manage({ ageBand: 'minor', category: 'children-youth', mode: 'in-person', joinLinks: undefined }),
    complete: completePage({ ...common, path: `/m/${TOKEN}/complete`, values: { fullName: ['Dara'] }, problems: [] }),
    'complete-refused': completePage({
      ...common,
      path: `/m/${TOKEN}/complete`,
      values: { fullName: ['Dara'] },
      problems: [problem('organisation', 'required'), problem('country', 'required')],
    }),
    consent: consent({}),
    'consent-refused': consent({ problems: [problem('consents.attendance', 'not-accepted')] }),
    'consent-agreed': consent({
      registration: {
        fullName: 'Dara',
        minor: { answerBy: UNANSWERED.answerBy, guardianConsents: { attendance: '2027-1' } },
      },
    }),
    'consent-photo-agreed': consent({
      registration: {
        fullName: 'Dara',
        minor: { guardianConsents: { attendance: '2027-1', 'photo-recording': '2027-1' } },
      },
    }),
    'farewell-refused': farewellPage({ ...common, path: `/g/${TOKEN}`, what: 'refused' }),
    'farewell-withdrawn': farewellPage({ ...common, path: `/g/${TOKEN}`, what: 'withdrawn' }),
    'farewell-stopped': farewellPage({ ...common, path: `/m/${TOKEN}`, what: 'stopped' }),
    report: report(),
    'report-refused': report({ problems: [problem('what', 'required')] }),
    'report-sent': reportSentPage({ ...common, path: `/e/${event.id}/report`, reference: '7K3M9QX2AB' }),
    'thanks-later': thanks(),
    manage: manage(),
    'manage-afterwards': manage(
      { unproven: true },
      { hasEnded: true, afterwards: { feedback: true, certificate: true } },
    ),
    'manage-event-cancelled-afterwards': manage(
      { ticket: undefined, joinLinks: undefined },
      { event: { ...event, status: 'cancelled' }, ...ONLY_FEEDBACK },
    ),
    'manage-cancelled-afterwards': manage(
      { status: 'cancelled', ticket: undefined, joinLinks: undefined },
      { ...ONLY_FEEDBACK, hasEnded: true, hasClosed: true },
    ),
    ...certificatePages(common),
    'manage-in-person': manage({ mode: 'in-person', joinLinks: undefined }),
    'manage-waitlisted': manage({
      status: 'waitlisted',
      waitingFor: { quotas: [event.quotas[3]?.title ?? ''], forSessionsAlone: true },
      ticket: undefined,
      joinLinks: undefined,
    }),
    'manage-member-state': manage({
      category: 'member-state',
      closedSessions: true,
      sessions: ['industry-first-steps'],
      mode: 'in-person',
      joinLinks: undefined,
    }),
    'manage-cancelled': manage({ status: 'cancelled', ticket: undefined, joinLinks: undefined }),
    'manage-undo': manage(
      { status: 'cancelled', ticket: undefined, joinLinks: undefined },
      { undoUntil: '2026-11-26T02:00:00.000Z' },
    ),
    care: care({}, []),
    'care-answered': care({}, [], '2026-11-25T02:00:00.000Z'),
    'care-full': care(
      { 'answers.access': ['captions'] },
      [problem('answers.diet', 'needs-anew')],
      '2026-11-25T02:00:00.000Z',
    ),
    'care-refused': care({}, [problem('answers.diet', 'no-need')]),
    letter: letter(),
    erased: erasedPage(common, 'self'),
    'link-replaced': linkReplacedPage({ ...common, path: `/m/${TOKEN}` }),
    'link-replaced-sent': linkReplacedPage({ ...common, path: `/m/${TOKEN}`, done: 'send-again' }),
    'manage-mail-stopped': manage({ optedOut: true }),
    'manage-meanwhile': manage({ status: 'waitlisted', mode: 'in-person', meanwhile: 'online', ticket: undefined }),
    'manage-on-behalf': manage({
      onBehalf: {
        at: '2027-01-04T03:00:00Z',
        consents: Object.fromEntries(event.consents.map(({ id, version }) => [id, version])),
      },
      unanswered: event.questions.filter(({ required, care }) => required && !care).map(({ id }) => id),
    }),
    'manage-coordinator': manage({ coordinator: 'unseeing' }),
    'manage-coordinator-asked': manage({ coordinator: 'unseeing' }, { asks: 'coordinator' }),
    'manage-coordinator-sees': manage({ coordinator: 'sees' }, { done: 'show-coordinator' }),
    'manage-declined': manage({
      status: 'declined',
      decisionNote: 'The programme is for ICT companies.\nPlease join the public session.',
      ticket: undefined,
      joinLinks: undefined,
    }),
    'manage-asked': manage({ status: 'pending-approval', question: ASKED, ticket: undefined, joinLinks: undefined }),
    'manage-asked-refused': manage(
      { status: 'pending-approval', question: ASKED, ticket: undefined, joinLinks: undefined },
      { done: undefined, answering: { values: { answer: [' '] }, problems: [problem('answer', 'required')] } },
    ),
    'manage-answered': manage({
      status: 'pending-approval',
      question: { ...ASKED, answer: 'For the Sample Daily.\nMy editor knows.', answeredAt: '2026-11-25T03:00:00.000Z' },
      ticket: undefined,
      joinLinks: undefined,
    }),
    'manage-answer-late': manage(
      { status: 'declined', ticket: undefined, joinLinks: undefined },
      { done: undefined, refused: 'question-over', answering: { values: { answer: ['Too late.'] }, problems: [] } },
    ),
    'manage-without-closed-sessions': manage({ withoutClosedSessions: true, closedSessions: false }),
    'manage-declined-reason': manage({
      status: 'declined',
      declineReason: { id: 'audience' },
      decisionNote: 'Please join the public session.',
      ticket: undefined,
      joinLinks: undefined,
    }),
    amend: amend({ registration: { ...registration(), approved: true } }),
    'amend-young': amend({ registration: registration({ ageBand: 'minor', category: 'children-youth' }) }),
    'amend-refused': amend({
      values: FILLED,
      problems: [
        problem('fullName', 'required'),
        problem('mode', 'no-seat'),
        problem('answers.companyReach', 'required'),
      ],
    }),
    'join-early': join('early'),
    'join-open': join('open'),
    'join-pressed': join('open', 'https://meet.example.org/opening'),
    'join-over': join('over'),
    ...reminderPages(language),
    ...delegationPages(language),
    ...feedbackPages({ event, language, t }),
    privacy: privacyPage({ ...common, words, path: `/e/${event.id}/privacy`, kept: everyPurposeKept() }),
    'young-people': youngPeoplePage({ ...common, words, path: `/e/${event.id}/young-people` }),
    accessibility: accessibilityPage({ ...common, words, path: `/e/${event.id}/accessibility` }),
    problem: problemAnswer(new ProblemError('unknown-event'), language, '/e/none', t, 'id'),
    'problem-no-page': problemAnswer(new ProblemError('not-found'), language, undefined, t, 'id'),
    'problem-under-18': problemAnswer(
      new ProblemError('minors-later', { eventId: event.id }),
      language,
      '/e/forum/register',
      t,
      'id',
    ),
  };
}

/** Where the address of a registration is changed, and what mails about that lead to. */
function addressPages(language: ProductLanguage): Record<string, string> {
  const { common, problem, manage, changeAddress: change } = pageMakers(language);
  const until = '2026-11-28T02:00:00.000Z';
  const link = (of: AddressLink, isTaken = false): string =>
    addressLinkPage({ ...common, link: of, until, isTaken, path: `/a/${TOKEN}` });
  const asked = { email: 'sokha.new@example.org', until };
  const typed = { code: ['7K3M-9QX2-4TRB'], email: ['sokha@gmial.com'] };
  return {
    'change-address': change(),
    'change-address-code': change({ hasCode: true }),
    'change-address-refused': change({
      hasCode: true,
      values: { code: ['0000'], email: ['sokha@example.org'] },
      problems: [problem('code', 'code-not-valid'), problem('email', 'own-address')],
    }),
    'change-address-in-doubt': change({ hasCode: true, values: typed, inDoubt: ['email'] }),
    'change-address-asked': change({ asked }),
    'change-address-asked-code': change({ asked, hasCode: true }),
    'change-address-settling': change({ changed: { at: '2026-11-25T02:00:00.000Z', until } }),
    'address-confirm': link('asked'),
    'address-confirm-taken': link('asked', true),
    'address-confirmed': link('changed'),
    'address-undo': link('undo'),
    'address-undo-taken': link('undo', true),
    'address-undone': link('undone'),
    'manage-changes-address': manage({}, { changesAddress: true, done: 'address' }),
  };
}

/** What someone sees whose form came by mail. */
function confirmPages(language: ProductLanguage): Record<string, string> {
  const common = { event: forum(language), language, t: translate(language), path: `/c/${TOKEN}` };
  const shown = { ...common, application: registration(), edition: 'sample', until: '2026-11-26T02:00:00.000Z' };
  return {
    confirm: confirmPage({ ...shown, isChanged: false }),
    'confirm-changed': confirmPage({ ...shown, isChanged: true }),
    confirmed: confirmedPage({ ...common, sender: 'forum@example.org' }),
  };
}

/** Where a reminder leads. */
function reminderPages(language: ProductLanguage): Record<string, string> {
  const common = { event: forum(language), language, t: translate(language) };
  const question = (of: Partial<Registration>, path: string) => ({
    ...common,
    registration: { ...stored(language), ...of },
    path: `/m/${TOKEN}/${path}`,
    managePath: `/m/${TOKEN}`,
  });
  return {
    cancel: cancelPage(question({ mode: 'in-person' }, 'cancel')),
    'cancel-young': cancelPage(question({ ageBand: 'minor' }, 'cancel')),
    'online-instead': onlineInsteadPage(question({ chaperoning: { minors: { '7K3M9QX2BC': true } } }, 'online')),
    unsubscribe: unsubscribePage({ ...common, path: `/u/${TOKEN}`, isStopped: false }),
    'unsubscribe-stopped': unsubscribePage({ ...common, path: `/u/${TOKEN}`, isStopped: true }),
  };
}

/** Whom a coordinator added, by number. */
export const member = (number: number, changes: Partial<Member> = {}): Member => ({
  eventId: rules.id,
  delegation: 'sample',
  member: `line-${number}`,
  name: `Sample Person ${number}`,
  request: '',
  addedAt: '2026-11-25T02:00:00.000Z',
  ...changes,
});

/** One person of a delegation, as its coordinator sees them. */
export const person = (language: ProductLanguage, of: Partial<PersonPage>): string =>
  personPage({
    ...pageMakers(language).common,
    path: `/d/${TOKEN}/people/line-1`,
    member: member(1),
    state: 'confirmed',
    registration: stored(language),
    ...of,
  });

/** A table with what can be wrong in one. */
const MENDED: Pick<MendPage, 'rows' | 'understood' | 'unread' | 'opened' | 'doubts'> = {
  rows: [
    {
      number: 2,
      cells: {
        honorific: 'H.E.',
        fullName: 'Sokha Sample',
        email: '',
        country: 'Cambodia',
        mode: 'online',
        days: 'day-1',
      },
    },
    { number: 3, cells: { fullName: 'ចាន់ ដារ៉ា', email: '', country: 'Nowhere', mode: '?', days: 'Both' } },
    {
      number: 4,
      cells: { fullName: 'Somchai Sample', email: '', country: 'Cambodja', mode: 'online', days: 'Friday' },
    },
    { number: 7, cells: { fullName: '', email: 'nobody', country: 'Cambodja', mode: 'online', days: 'day-2' } },
    {
      number: 8,
      cells: { fullName: 'Maly Sample', email: 'dara@gmial.com', country: 'Cambodia', mode: 'online', days: 'day-2' },
    },
    {
      number: 9,
      cells: { fullName: 'Dara Sample', email: 'dara@gmial.com', country: 'Cambodia', mode: 'online', days: 'day-2' },
    },
  ],
  understood: [
    { column: 'country', text: 'Cambodja', ids: ['KH'], rows: [4, 7] },
    { column: 'days', text: 'Both', ids: ['day-1', 'day-2'], rows: [3] },
  ],
  unread: ['Remarks'],
  opened: new Set([7]),
  doubts: new Set([9]),
};

/** What the coordinator of a delegation sees. */
function delegationPages(language: ProductLanguage): Record<string, string> {
  const common = { event: forum(language), language, t: translate(language) };
  const { t } = common;
  const startPath = `/e/${common.event.id}/delegation`;
  const { problem } = pageMakers(language);
  const path = `/d/${TOKEN}`;
  const people = {
    ...common,
    event: askedOfDelegations(common.event),
    path: `${path}/people`,
    email: 'sokha@example.org',
    places: 25,
  };
  const mend = {
    ...people,
    options: cellOptions({
      ...common,
      event: people.event,
      elsewhere: [],
      yesNo: [{ yes: t('register.yes'), no: t('register.no') }],
    }),
    common: {},
    ...{ problems: [], added: 0, understood: [], unread: [], isNew: false },
    ...{ doubts: new Set<number>(), settled: new Set<number>(), opened: new Set<number>() },
  };
  const wrong = [
    problem('rows.3.country', 'unknown-option'),
    problem('rows.3.mode', 'unknown-option'),
    problem('rows.4.days', 'unknown-option'),
    problem('rows.7.fullName', 'required'),
    problem('rows.7.email', 'email-format'),
    problem('rows.8.email', 'twice', { others: 'Row 9: Dara Sample' }),
  ];
  const substitute = { ...common, event: people.event, path: `${path}/people/line-1/substitute` };
  return {
    'delegation-start': delegationStartPage({ ...common, path: startPath, values: { language: ['en'] }, problems: [] }),
    'delegation-start-refused': delegationStartPage({
      ...common,
      path: startPath,
      values: { email: ['nobody'], language: ['en'] },
      problems: [problem('email', 'email-format')],
    }),
    'delegation-start-asked': delegationStartPage({
      ...common,
      path: startPath,
      values: { email: ['sokha@gmial.com'], language: ['en'] },
      problems: [],
      inDoubt: ['email'],
    }),
    'delegation-sent': linkSentPage({ ...common, to: 'delegation', path: startPath, sender: 'forum@example.org' }),
    'delegation-empty': delegationPage({
      ...common,
      path,
      email: 'sokha@example.org',
      isMailStopped: true,
      members: [],
      places: 25,
    }),
    delegation: delegationPage({
      ...common,
      path,
      email: 'sokha@example.org',
      isMailStopped: false,
      members: [
        { member: member(1), state: 'confirmed', registration: stored(language) },
        { member: member(2, { email: 'dara@example.org' }), state: 'mailed' },
        { member: member(3), state: 'given-up' },
        { member: member(4), state: 'cancelled', registration: stored(language) },
      ],
      places: 23,
      done: 'added',
    }),
    'delegation-tickets': ticketsPage({
      ...common,
      path: `${path}/tickets`,
      tickets: ['7K3M9QX2AB', '8K3M9QX2AB', '9K3M9QX2AB'].map((reference, number) => ({
        registration: { ...stored(language), mode: 'in-person', reference, fullName: `Sample Person ${number + 1}` },
        typed: '0123456789ABCDEFGHJK',
        qr: qrSvg(`PLN1:${'7A'.repeat(48)}`, t('tickets.qr', { name: `Sample Person ${number + 1}` })),
      })),
    }),
    'delegation-no-tickets': ticketsPage({ ...common, path: `${path}/tickets`, tickets: [] }),
    'delegation-erased': erasedPage(common, 'delegation'),
    'delegation-link-replaced': linkReplacedPage({ ...common, path, done: 'replace-link' }),
    'person-confirmed': person(language, { done: 'substitute' }),
    'person-waitlisted': person(language, { state: 'waitlisted', isOvertaken: true }),
    'person-cancelled': person(language, { state: 'cancelled', undoUntil: '2026-11-26T02:00:00.000Z', done: 'cancel' }),
    'person-unseen': person(language, {
      member: member(2, { email: 'dara@example.org' }),
      state: 'mailed',
      registration: undefined,
      done: 'send-again',
    }),
    'person-given-up': person(language, { member: member(3), state: 'given-up', registration: undefined }),
    substitute: substitutePage({ ...substitute, values: { revision: ['1'] }, problems: [] }),
    'substitute-refused': substitutePage({
      ...substitute,
      values: { fullName: ['Dara'], revision: ['1'] },
      problems: [
        problem('position', 'required'),
        problem('adults', 'not-accepted'),
        problem('consents.code-of-conduct', 'not-accepted'),
      ],
    }),
    'delegation-people': waysPage(people),
    'delegation-people-table': tablePage({ ...people, values: {}, problems: [] }),
    'delegation-people-table-refused': tablePage({
      ...people,
      values: { pasted: ['Sokha'] },
      problems: [problem('file', 'no-name-column', { column: 'Full name' })],
    }),
    'delegation-people-names': peoplePage({
      ...people,
      common: { organisation: ['Example Telecom'] },
      rows: [0, 1].map((number) => ({ number, cells: {} })),
      problems: [],
      added: 0,
      doubts: new Set(),
      settled: new Set(),
    }),
    'delegation-people-asked': peoplePage({
      ...people,
      common: FILLED,
      rows: [{ number: 2, cells: { fullName: 'Sokha Sample', email: 'sokha@gmial.com' } }],
      problems: [],
      added: 1,
      doubts: new Set([2]),
      settled: new Set(),
    }),
    'delegation-mend': mendPage({ ...mend, isNew: true, ...MENDED, problems: wrong }),
    'delegation-mend-refused': mendPage({
      ...mend,
      ...MENDED,
      added: 2,
      problems: [...wrong, problem('adults', 'not-accepted'), problem('consents.code-of-conduct', 'not-accepted')],
    }),
    'delegation-mend-nothing': mendPage({ ...mend, isNew: true, common: FILLED, rows: MENDED.rows.slice(0, 1) }),
    'delegation-mend-asked': mendPage({ ...mend, common: FILLED, rows: MENDED.rows.slice(-1), doubts: new Set([9]) }),
    'delegation-people-refused': peoplePage({
      ...people,
      common: FILLED,
      rows: [
        { number: 0, cells: { fullName: 'Sokha Sample', email: 'nobody' } },
        { number: 3, cells: { fullName: '' } },
      ],
      problems: [
        problem('rows.0.email', 'email-format'),
        problem('rows.3.fullName', 'required'),
        problem('days', 'no-day'),
        problem('adults', 'not-accepted'),
        problem('consents.code-of-conduct', 'not-accepted'),
      ],
      added: 3,
      doubts: new Set(),
      settled: new Set(),
    }),
  };
}

/** A registration as it is stored, of someone in a delegation. */
export const stored = (language: ProductLanguage): Registration => {
  const { event, ticket: _, joinLinks: __, ...shown } = registration({ language });
  return {
    ...shown,
    eventId: event.id,
    ageBand: undefined,
    seats: [],
    delegation: { id: 'sample', member: 'line-1', throughCoordinator: true },
    ticketId: '0123456789ABCDEFGHJK',
    linkVersion: 1,
    revision: 1,
    definitionVersion: 1,
    changedAt: '2026-11-25T02:00:00.000Z',
  } as Registration;
};
