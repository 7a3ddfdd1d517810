import { isLive } from '../../../../shared/event/attendee.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ProblemType } from '../../../../shared/kernel/http/problem.schema.ts';
import { problemWords } from '../../../../shared/kernel/i18n/problems.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import {
  expectedDays,
  isUsualReason,
  needsApproval,
  type ToldReason,
} from '../../../../shared/registration/decide/approval.ts';
import { amendPath, inLanguage, registerPath } from '../../kernel/links.ts';
import { type ManageContext, press } from './press.ts';

/**
 * Where the registration stands, in words, and what comes next; once the event is over, that it is.
 *
 * @param undoUntil of a cancellation: then that is what the page offers first
 */
export function status(
  { event, registration, language, t }: ManageContext,
  { hasEnded, hasClosed, undoUntil }: { hasEnded?: boolean; hasClosed?: boolean; undoUntil?: string | undefined },
): Html {
  const { status, decisionNote, declineReason, email } = registration;
  const reason = declineReason && reasonText(declineReason, t);
  const told = hasEnded && isLive(registration) ? 'manage.ended' : whatIsNext(registration);
  return html`<h1>${t(`manage.status.${status}`)}</h1>
<p class="lead">${t(told, { event: event.title, email, days: expectedDays(event) })}</p>
${
  status === 'declined' &&
  reason !== undefined &&
  html`<p><b>${reason}</b></p>
`
}${
  registration.withoutClosedSessions &&
  isLive(registration) &&
  html`<p class="note">${t('manage.without-closed-sessions')}</p>
`
}${
  status === 'declined' &&
  decisionNote !== undefined &&
  html`<h2>${t('manage.decision-note')}</h2>
${decisionNote.split('\n').map((line) => html`<p>${line}</p>`)}
`
}${
  !isLive(registration) &&
  // By another registration they would stand last.
  !registration.seatLost &&
  !hasClosed &&
  html`<p>${t(needsApproval(event, registration) ? 'manage.again.decided' : 'manage.again.hint')}</p>
<p><a${undoUntil === undefined && html` class="button"`} href="${inLanguage(registerPath(event.id), language)}">${t('manage.again')}</a></p>
`
}`;
}

const reasonText = ({ id, text }: ToldReason, t: SiteTranslate): string | undefined =>
  text ?? (isUsualReason(id) ? t(`manage.decline-reason.${id}`) : undefined);

const whatIsNext = ({ status, lapsed, seatLost }: ManageContext['registration']) =>
  seatLost ? 'self.seat-lost' : lapsed ? 'self.lapsed' : (`manage.status.${status}.next` as const);

/** First on the page of an attendee who came by the first mail, or lost their seat: one press says that it is theirs. */
export function proveSection({ registration, language, t }: ManageContext, path: string): Html | undefined {
  const { unproven, seatLost, status } = registration;
  if (!seatLost && !(unproven && isLive(registration))) return undefined;
  const why = (['confirmed', 'waitlisted', 'expired'] as const).find((each) => each === status) ?? 'pending';
  return html`<section class="note"><h2>${t('self.prove.title')}</h2>
<p>${t(`self.prove.${why}`)}</p>
${press(path, language, 'prove', t('self.prove.button'))}</section>
`;
}

/** First on the page of an attendee who was registered by telephone: what was not asked there. */
export function unansweredSection(
  { event, registration: { unanswered = [] }, language, t }: ManageContext,
  path: string,
): Html | undefined {
  if (unanswered.length === 0) return undefined;
  const open = event.questions.filter(({ id }) => unanswered.includes(id));
  return html`<section class="note"><h2>${t('self.unanswered.title')}</h2>
<p>${t('self.unanswered.text')}</p>
<ul>${open.map(({ title }) => html`<li>${title}</li>`)}</ul>
<p><a class="button" href="${inLanguage(amendPath(path), language)}">${t('self.unanswered.button')}</a></p></section>
`;
}

const TOLD = [
  'prove',
  'send-again',
  'meanwhile-online',
  'give-back-online',
  'undo-cancel',
  'amend',
  'address',
  'address-undone',
  'online',
  'resume-mail',
  'care',
  'chaperone-accept',
  'chaperone-decline',
  'show-coordinator',
  'hide-coordinator',
  'guardian',
  'answer',
] as const;

/** Says that a press did what it should, where the page does not show it by itself. */
export function doneNote(action: string | undefined, t: SiteTranslate): Html | undefined {
  const told = TOLD.find((each) => each === action);
  return (
    told &&
    html`<p class="note" role="status"><b>${t(`self.done.${told}`)}</b></p>
`
  );
}

/** Says why a press did nothing. */
export function refusedNote(type: ProblemType | undefined, t: SiteTranslate): Html | undefined {
  if (type === undefined) return undefined;
  const { title, detail } = problemWords({ type }, t);
  return html`<p class="note" role="alert"><b>${title}</b><br>${detail}</p>
`;
}
