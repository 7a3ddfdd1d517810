import type { Afterwards } from '../../../shared/announcements/timed/afterwards.ts';
import { isLive } from '../../../shared/event/attendee.ts';
import { isCalledOff } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { ProblemType } from '../../../shared/kernel/http/problem.schema.ts';
import { careLink } from '../care/care-link.ts';
import { linkCare } from '../care/link-care.ts';
import { feedbackKeeper, type KeptByBrowser } from '../feedback/keeper.ts';
import { page } from '../kernel/layout.ts';
import { afterwards } from './manage/afterwards.ts';
import { amendLink } from './manage/amend-link.ts';
import { cancel } from './manage/cancel.ts';
import { chaperoning, ownChaperone } from './manage/chaperone.ts';
import type { ManageContext } from './manage/context.ts';
import { coordinator } from './manage/coordinator.ts';
import { details } from './manage/details.ts';
import { done, refused } from './manage/done.ts';
import { erase } from './manage/erase.ts';
import { eventStatus } from './manage/event-status.ts';
import { joinInstead, joinLinks } from './manage/join-links.ts';
import { letterLink } from './manage/letter-link.ts';
import { meanwhile } from './manage/meanwhile.ts';
import { optionalMail } from './manage/optional-mail.ts';
import { ownProgramme } from './manage/own-programme.ts';
import { prove } from './manage/prove.ts';
import { status } from './manage/status.ts';
import { ticket } from './manage/ticket.ts';
import { undo } from './manage/undo.ts';
import { unreachable } from './manage/unreachable.ts';
import { waitingFor } from './manage/waiting-for.ts';
import { isUnanswered, stop, youngSteps } from './manage/young.ts';

export interface ManagePage extends ManageContext {
  /** The ticket's QR code as an inline SVG that names itself (`qrSvg`); given whenever there is a ticket. */
  readonly qr?: Html | undefined;
  /** `/m/{token}`: the page's own address, to which its buttons post. */
  readonly path: string;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
  /** Why what was pressed was not done. */
  readonly refused?: ProblemType | undefined;
  /** ISO 8601 instant until which a cancellation can be undone; absent where it cannot. */
  readonly undoUntil?: string | undefined;
  /** What there is for whoever came; nothing where absent. */
  readonly afterwards?: Afterwards | undefined;
  /** What this browser keeps, so that forms which are opened by a code in a room find it; absent where nothing is asked of its reader. */
  readonly feedback?: KeptByBrowser | undefined;
}

/** The holder's own page: where it stands, how to join, the ticket, their sessions, what was answered, how to cancel. */
export function managePage({
  qr,
  path,
  done: pressed,
  refused: why,
  undoUntil,
  afterwards: given,
  feedback,
  ...context
}: ManagePage): string {
  const { event, language, t } = context;
  const whenItWas = html`${afterwards(context, path, given)}${feedback && feedbackKeeper(event.id, feedback)}`;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('manage.title'),
    event,
    hasProgramme: true,
    body:
      isCalledOff(event) && isLive(context.registration)
        ? html`${done(pressed, t)}${refused(why, t)}${eventStatus(context)}${whenItWas}${isUnanswered(context) ? undefined : details(context)}${linkCare(context, path)}${ending(context, path)}`
        : isUnanswered(context)
          ? html`${done(pressed, t)}${refused(why, t)}${youngSteps(context, path)}${linkCare(context, path)}${stop(context, path)}`
          : html`${done(pressed, t)}${refused(why, t)}${status(context)}${prove(context, path)}${isLive(context.registration) && eventStatus(context)}${waitingFor(context)}${unreachable(context)}${undo(context, path, undoUntil)}${whenItWas}${chaperoning(context, path)}${ownChaperone(context)}${meanwhile(context, path)}${joinLinks(context)}${ticket(context, qr)}${joinInstead(context)}${letterLink(context, path)}${careLink(context, path, pressed)}${ownProgramme(context)}${details(context)}${amendLink(context, path)}${coordinator(context, path)}${stoppedMail(context, path)}${linkCare(context, path)}${ending(context, path)}`,
  });
}

const stoppedMail = ({ language, t, registration }: ManageContext, path: string): Html | undefined =>
  optionalMail({ language, t, isStopped: registration.optedOut === true }, path);

/** For people under 18, to stop is to have everything deleted. */
const ending = (context: ManageContext, path: string): Html =>
  context.registration.ageBand === 'minor'
    ? html`${stop(context, path)}`
    : html`${cancel(context, path)}${erase(context, path)}`;
