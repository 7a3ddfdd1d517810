import type { Afterwards } from '../../../shared/announcements/timed/afterwards.ts';
import { isLive, stands } from '../../../shared/event/attendee.ts';
import { isInForce } from '../../../shared/event/consents.ts';
import { isCalledOff, statusOf } from '../../../shared/event/event-standing.ts';
import { ownSessions } from '../../../shared/event/sessions.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { ProblemType } from '../../../shared/kernel/http/problem.schema.ts';
import { languageName } from '../../../shared/kernel/i18n/formats.ts';
import { countryName } from '../../../shared/kernel/text/countries.ts';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import type { AgreedConsent } from '../../../shared/registration/self-service.schema.ts';
import { careLink, linkCare } from '../care/care-page.ts';
import { feedbackKeeper, type KeptByBrowser } from '../feedback/my-feedback-page.ts';
import { errorSummary } from '../kernel/form.ts';
import { page } from '../kernel/layout.ts';
import {
  addressPath,
  amendPath,
  calendarPath,
  certificatePath,
  eventPath,
  inLanguage,
  letterPath,
  myFeedbackPath,
} from '../kernel/links.ts';
import { instantLine, mailLink } from '../kernel/text.ts';
import { agreedTo } from './agreed-consents.ts';
import { cancelSection } from './cancel-page.ts';
import { joinInstead, joinLinks } from './manage/join-links.ts';
import { type ManageContext, optionalMail, press } from './manage/press.ts';
import { answeringForm, question, type RefusedAnswer } from './manage/question.ts';
import { doneNote, proveSection, refusedNote, status, unansweredSection } from './manage/status.ts';
import { ticket } from './manage/ticket.ts';
import { chaperoning, isUnanswered, ownChaperone, stop, youngSteps } from './manage/young.ts';
import { answerText } from './register/questions.ts';
import { sessionList } from './session-list.ts';

export interface ManagePage extends ManageContext {
  /** The ticket's QR code as an inline SVG that names itself (`qrSvg`); given whenever there is a ticket. */
  readonly qr?: Html | undefined;
  /** `/m/{token}`: the page's own address, to which its buttons post. */
  readonly path: string;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
  /** What a mail's button asks the reader, which then stands first. */
  readonly asks?: string | undefined;
  /** Why what was pressed was not done. */
  readonly refused?: ProblemType | undefined;
  /** What was typed as an answer, where that was not taken. */
  readonly answering?: RefusedAnswer | undefined;
  /** What they agreed to, in the words of then. */
  readonly agreedConsents?: readonly AgreedConsent[];
  /** ISO 8601 instant until which a cancellation can be undone; absent where it cannot. */
  readonly undoUntil?: string | undefined;
  /** Whether its holder may say that they are reached at another address. */
  readonly changesAddress?: boolean;
  /** Whether the last day is over: nothing can be changed, arranged or attended any more. */
  readonly hasEnded?: boolean;
  /** Whether nobody can register any more. */
  readonly hasClosed?: boolean;
  /** What there is for an attendee who came; nothing where absent. */
  readonly afterwards?: Afterwards | undefined;
  /** What this browser keeps, so that forms which are opened by a code in a room find it; absent where nothing is asked of its reader. */
  readonly feedback?: KeptByBrowser | undefined;
}

/** To an attendee whom our mail does not reach and who came here all the same, by a link that was handed over or is older. */
function unreachable({ event, registration, language, t }: ManageContext): Html | undefined {
  if (registration.unreachable === undefined) return undefined;
  const { lapsesAt } = registration.unreachable;
  const { name, email } = event.secretariat;
  return html`<div class="note"><h2>${t('self.unreachable.title')}</h2>
<p>${t('self.unreachable.text', { email: registration.email, name })}</p>
<p>${mailLink(email)}</p>
${
  lapsesAt !== undefined &&
  html`<p>${t('self.unreachable.until', { when: instantLine(lapsesAt, event.timeZone, language, t) })}</p>
`
}</div>
`;
}

/** To an attendee who waits for the room: online until there is a seat, without losing their place. */
function meanwhile({ event, registration, language, t, path }: ManagePage): Html | undefined {
  const { status, mode, meanwhile } = registration;
  const offersOnline = event.modes.some(({ id }) => id === 'online');
  if (status !== 'waitlisted' || mode !== 'in-person' || !offersOnline) return undefined;
  if (meanwhile !== undefined) {
    return html`<h2>${t('self.meanwhile.title')}</h2>
<p>${t('manage.meanwhile')}</p>
${press(path, language, 'give-back-online', t('self.give-back.button'))}`;
  }
  return html`<h2>${t('self.meanwhile.title')}</h2>
<p>${t('self.meanwhile.text')}</p>
${press(path, language, 'meanwhile-online', t('self.meanwhile.button'))}`;
}

/** What there is once the event has begun: to say how it was, and to have proof of having come. */
function afterwards({ language, t, path, afterwards: given }: ManagePage): Html | undefined {
  const { feedback, certificate } = given ?? { feedback: false, certificate: false };
  if (!feedback && !certificate) return undefined;
  const link = (to: string, text: string): Html => html`<li><a href="${inLanguage(to, language)}">${text}</a></li>`;
  return html`<section class="screen"><h2>${t('manage.afterwards')}</h2>
<ul>${feedback && link(myFeedbackPath(path), t('manage.feedback'))}${certificate && link(certificatePath(path), t('certificate.link'))}</ul></section>
`;
}

/** What became of the event, and what that means for an attendee. */
function eventStatus({ event, t }: ManageContext): Html | undefined {
  const status = statusOf(event);
  if (status === 'scheduled') return undefined;
  if (status === 'moved-online')
    return html`<p class="note"><b>${t('manage.event.moved-online')}</b></p>
`;
  return html`<h1>${t(`manage.event.${status}`)}</h1>
<p class="lead">${t(`manage.event.${status}.next`, { event: event.title })}</p>
`;
}

/** Folded away and behind a box to tick: it cannot be undone. */
const erase = ({ language, t, path }: ManagePage): Html => html`<details class="screen">
<summary>${t('self.erase.title')}</summary>
<p>${t('self.erase.text')}</p>
<form method="post" action="${inLanguage(path, language)}">
<fieldset class="field"><legend>${t('self.erase.sure')}</legend>
<label><input type="checkbox" name="confirm" value="yes" required>${t('self.erase.confirm')}</label></fieldset>
<button class="danger" type="submit" name="action" value="erase">${t('self.erase.button')}</button>
</form>
</details>
`;

/** The way to the form with all of this in it, while it can be changed. */
function amendLink({ registration, language, t, path, hasEnded }: ManagePage): Html {
  if (hasEnded || !stands(registration))
    return html`<p>${t('manage.correct')}</p>
`;
  return html`<p class="screen"><a class="button" href="${inLanguage(amendPath(path), language)}">${t('amend.title')}</a></p>
`;
}

/** The way to say that they are reached at another address. */
const addressLink = ({ language, t, path, changesAddress }: ManagePage): Html | undefined =>
  changesAddress
    ? html`<p class="screen"><a href="${inLanguage(addressPath(path), language)}">${t('address.title')}</a></p>
`
    : undefined;

/** The sessions that someone signed up for, and the closed ones that they may attend, which no other page shows. */
function ownProgramme({ event, registration, language, t }: ManageContext): Html | undefined {
  const sessions = ownSessions(event, registration);
  if (sessions.length === 0 || !isLive(registration)) return undefined;
  return html`<h2>${t('manage.programme')}</h2>
${sessionList(event, sessions, language, t)}<p><a href="${inLanguage(eventPath(event.id), language)}">${t('manage.programme.all')}</a></p>
`;
}

/** To an attendee whom a coordinator registered by their own address: what that one sees, and may do. */
function coordinator({ registration, language, t, path }: ManagePage): Html | undefined {
  if (registration.coordinator === undefined) return undefined;
  const isSeen = registration.coordinator === 'sees';
  return html`<p>${t(isSeen ? 'coordinator.seen' : 'coordinator.unseen')}</p>
${press(path, language, isSeen ? 'hide-coordinator' : 'show-coordinator', t(isSeen ? 'coordinator.hide' : 'coordinator.show'))}`;
}

/** First on the page of an attendee who came by the button of their first mail. */
const coordinatorAsked = (of: ManagePage): Html | undefined =>
  of.registration.coordinator && of.asks === 'coordinator'
    ? html`<section class="note"><h2>${of.t('delegation.title')}</h2>
${coordinator(of)}</section>
`
    : undefined;

/** Folded away on every other way here. */
const coordinatorFolded = (of: ManagePage): Html | undefined =>
  of.registration.coordinator && of.asks !== 'coordinator'
    ? html`<details class="screen">
<summary>${of.t('delegation.title')}</summary>
${coordinator(of)}</details>
`
    : undefined;

/** For an attendee who cancelled by mistake. */
function undo({ event, language, t, path, undoUntil: until }: ManagePage): Html | undefined {
  if (until === undefined) return undefined;
  return html`<h2>${t('self.undo.title')}</h2>
<p>${t('self.undo.text', { when: instantLine(until, event.timeZone, language, t) })}</p>
${press(path, language, 'undo-cancel', t('self.undo.button'))}`;
}

/** What there is no seat in for someone who waits, and that they need not wait where it is for sessions alone. */
function waitingFor({ registration, t }: ManageContext): Html | undefined {
  const { quotas, forSessionsAlone } = registration.waitingFor ?? { quotas: [], forSessionsAlone: false };
  if (quotas.length === 0) return undefined;
  return html`<p>${t('manage.waiting-for')}</p>
<ul>${quotas.map((title) => html`<li>${title}</li>`)}</ul>
${forSessionsAlone && html`<p class="note">${t('manage.waiting-for.sessions')}</p>`}`;
}

/** The way to the invitation letter, once there is a seat. */
const letterLink = ({ registration, language, t, path }: ManagePage): Html | undefined =>
  registration.status === 'confirmed'
    ? html`<p class="screen"><a href="${inLanguage(letterPath(path), language)}">${t('letter.link')}</a></p>
`
    : undefined;

/** The days and sessions of an attendee with a seat, as a file for a calendar: what mails bring too. */
const calendarLink = ({ registration, language, t, path }: ManagePage): Html | undefined =>
  registration.status === 'confirmed'
    ? html`<p class="screen"><a href="${inLanguage(calendarPath(path), language)}">${t('manage.calendar')}</a></p>
`
    : undefined;

const stoppedMail = ({ language, t, registration, path }: ManagePage): Html | undefined =>
  optionalMail({ language, t, isStopped: registration.optedOut === true }, path);

/** A live registration of an event that was called off: its page says what became of it. */
const isOver = ({ event, registration }: ManagePage): boolean => isCalledOff(event) && isLive(registration);
const isAsked = (of: ManagePage): boolean => !isOver(of) && isUnanswered(of);
const isUsual = (of: ManagePage): boolean => !isOver(of) && !isUnanswered(of);
const isAhead = (of: ManagePage): boolean => isUsual(of) && of.hasEnded !== true;

/** For people under 18, to stop is to have everything deleted. */
const isStopped = (of: ManagePage): boolean => isAsked(of) || of.registration.ageBand === 'minor';

interface Section {
  /** Always, where absent. */
  readonly when?: (of: ManagePage) => boolean;
  readonly parts: readonly ((of: ManagePage) => Html | undefined)[];
}

/** Above everything, where an answer to the organisers was refused. */
const whatToMend = (of: ManagePage): Html | undefined =>
  errorSummary(answeringForm(of, of.answering), new Map([['answer', of.t('self.question.answer')]]));

/** The page from top to bottom. What there is to say of a part, the part knows. */
const SECTIONS: readonly Section[] = [
  { parts: [whatToMend, (of) => doneNote(of.done, of.t), (of) => refusedNote(of.refused, of.t)] },
  { when: isAsked, parts: [(of) => youngSteps(of, of.path)] },
  {
    when: isUsual,
    parts: [coordinatorAsked, (of) => status(of, of)],
  },
  {
    when: isAhead,
    parts: [
      (of) => proveSection(of, of.path),
      (of) => (isLive(of.registration) ? unansweredSection(of, of.path) : undefined),
    ],
  },
  { when: isUsual, parts: [(of) => question(of, of.path, of.answering)] },
  { when: (of) => !isAsked(of) && isLive(of.registration), parts: [eventStatus] },
  { when: isAhead, parts: [waitingFor] },
  { when: isUsual, parts: [unreachable, undo] },
  { when: (of) => !isAsked(of), parts: [afterwards, (of) => of.feedback && feedbackKeeper(of.event.id, of.feedback)] },
  { when: isAhead, parts: [(of) => chaperoning(of, of.path), ownChaperone, meanwhile, joinLinks] },
  { when: isUsual, parts: [(of) => ticket(of, of.qr, of.hasEnded)] },
  { when: isAhead, parts: [calendarLink, joinInstead, letterLink, (of) => careLink(of, of.path, of.done)] },
  { when: isUsual, parts: [ownProgramme] },
  { when: (of) => !isUnanswered(of), parts: [details] },
  { when: isUsual, parts: [amendLink] },
  { when: (of) => !isAsked(of), parts: [addressLink] },
  { when: isUsual, parts: [coordinatorFolded, stoppedMail] },
  { parts: [(of) => linkCare(of, of.path)] },
  { when: isStopped, parts: [(of) => stop(of, of.path, of.hasEnded)] },
  { when: (of) => !isStopped(of) && of.hasEnded !== true, parts: [(of) => cancelSection(of, of.path)] },
  { when: (of) => !isStopped(of), parts: [erase] },
];

const isRefused = ({ answering }: ManagePage): boolean => (answering?.problems ?? []).length > 0;

/** The holder's own page: where it stands, how to join, the ticket, their sessions, what was answered, how to cancel. */
export function managePage(of: ManagePage): string {
  const { t } = of;
  const sections = SECTIONS.filter(({ when }) => when?.(of) ?? true);
  return page({
    ...of,
    title: isRefused(of) ? t('register.error-title', { title: t('manage.title') }) : t('manage.title'),
    hasProgramme: true,
    body: html`${sections.map(({ parts }) => parts.map((part) => part(of)))}`,
  });
}

/** Everything that was sent, with its labels. */
function details({ event, registration, language, t, agreedConsents = [] }: ManagePage): Html {
  const titleOf = (all: readonly { id: string; title: string }[], id: string): string =>
    all.find((each) => each.id === id)?.title ?? id;
  const days = registration.days.map((id) => titleOf(event.days, id));
  const answered = event.questions.flatMap((question) => {
    const answer = Object.hasOwn(registration.answers, question.id) ? registration.answers[question.id] : undefined;
    return answer === undefined
      ? []
      : [row(question.title, answerText({ question, answer, countries: event.countries, language, t }))];
  });
  const agreedText = (id: string): string => {
    const { consents, onBehalf } = registration;
    const consent = event.consents.find((each) => each.id === id);
    if (consent === undefined || !isInForce(event, consent, consents, registration.guardianConsents))
      return t('register.no');
    if (onBehalf === undefined || onBehalf.consents[id] !== consents[id]) return t('register.yes');
    return t('manage.agreed.by-phone', { when: instantLine(onBehalf.at, event.timeZone, language, t) });
  };
  const agreed = event.consents.map(({ id, title }) => {
    const given = agreedConsents.find((each) => each.of === 'attendee' && each.id === id);
    const words = given && agreedTo({ event, language, t }, given);
    return row(given?.words?.title ?? title, words ? html`<p>${agreedText(id)}</p>${words}` : agreedText(id));
  });
  const reference = html`<span class="code">${displayReference(registration.reference)}</span>`;
  const isMinor = registration.ageBand === 'minor';
  return html`<h2>${t('manage.details')}</h2>
<dl class="facts">
${[
  row(t('manage.reference'), html`${reference}<p class="hint">${t('manage.reference.hint')}</p>`),
  row(t('register.email.label'), registration.email),
  registration.honorific && row(t('register.honorific.label'), registration.honorific),
  row(t('register.fullName.label'), registration.fullName),
  row(t('register.badgeName.label'), registration.badgeName),
  registration.nativeName && row(t('register.nativeName.label'), registration.nativeName),
  registration.position !== '' && row(t('register.position.label'), registration.position),
  row(t(isMinor ? 'complete.organisation.label' : 'register.organisation.label'), registration.organisation),
  row(t('register.country.label'), countryName(registration.country, language, event.countries)),
  row(t('register.category.label'), titleOf(event.categories, registration.category)),
  row(t('register.mode.label'), titleOf(event.modes, registration.mode)),
  row(
    t('register.days.label'),
    days.map((title) => html`<p>${title}</p>`),
  ),
  row(t('manage.language'), languageName(registration.language)),
  row(t('manage.submitted'), instantLine(registration.submittedAt, event.timeZone, language, t)),
]}</dl>
${answered.length > 0 && html`<h2>${t('manage.answers')}</h2><dl class="facts">${answered}</dl>`}
${agreed.length > 0 && html`<h2>${t('manage.agreed')}</h2><dl class="facts">${agreed}</dl>`}
`;
}

const row = (label: string, value: string | Html | readonly Html[]): Html => html`<dt>${label}</dt><dd>${value}</dd>
`;
