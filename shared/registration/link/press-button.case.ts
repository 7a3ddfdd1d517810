import { erasedPage } from '../../../web/site/registration/ended-pages.ts';
import { isEventOver } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { displayedIssues, type Guarded, guarded, linkToken } from '../../kernel/http/handler.case.ts';
import { PROBLEMS, type ProblemType } from '../../kernel/http/problem.schema.ts';
import { page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { isForgotten } from '../../minors/young.ts';
import { answerQuestion } from '../ask/answer.case.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { erase } from '../cancel/erase.case.ts';
import { attendOnlineWhileWaitlisted, stopOnlineWhileWaitlisted } from '../change/amend.case.ts';
import { changeHeld } from '../change/change-registration.case.ts';
import { readmission } from '../decide/approval.ts';
import { hashHolder, hashRequest } from '../hashes.store.ts';
import { everHolderOf } from '../holder-of.case.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed, newTicketId } from '../registration-state.store.ts';
import type { Action } from '../self-service.schema.ts';
import { replaceLink, sendAgain } from './send-again.case.ts';
import { ownPage, stoppedPage } from './show-registration.case.ts';
import { resumeMail } from './unsubscribe.case.ts';

type PressButtonDeps = Needs<
  | 'auditTable'
  | 'changes'
  | 'client'
  | 'delegations'
  | 'locks'
  | 'readAddressChange'
  | 'registrations'
  | 'secrets'
  | 'signer'
  | 'system'
  | 'tables'
  | 'young'
>;

/** Leads back to the page; `erase` leaves none, and `answer` has words with it. */
type Press = Exclude<Action, 'erase' | 'answer'>;
/** What a press of a minor, of their chaperone, or in a delegation does, or may end of one: the entry hands it in. */
type HandedIn =
  | 'cancel'
  | 'undo-cancel'
  | 'chaperone-accept'
  | 'chaperone-decline'
  | 'show-coordinator'
  | 'hide-coordinator';

export type HandedInPresses = Readonly<Record<HandedIn, (held: RegistrationWithEvent) => Promise<unknown>>>;

const PRESSES: Readonly<
  Record<Exclude<Press, HandedIn>, (deps: PressButtonDeps, held: RegistrationWithEvent) => Promise<unknown>>
> = {
  prove,
  'meanwhile-online': attendOnlineWhileWaitlisted,
  'give-back-online': stopOnlineWhileWaitlisted,
  'send-again': sendAgain,
  'replace-link': replaceLink,
  'resume-mail': resumeMail,
};

const isHandedIn = (action: Press): action is HandedIn => !Object.hasOwn(PRESSES, action);

/** What was offered on a page that is older than what became of it. */
const OVERTAKEN: readonly ProblemType[] = [
  'not-cancellable',
  'not-amendable',
  'not-undoable',
  'registered-anew',
  'no-online-seat',
];

/** Says why nothing was done on the page that says how it stands, where the reader can go on. */
async function asItStands(
  deps: PressButtonDeps,
  { token, language, path }: { readonly token: string; readonly language: string; readonly path: string },
  refused: ProblemError,
): Promise<Reply> {
  const { held, isCurrent } = await everHolderOf(deps, token, language);
  if (!isCurrent || isForgotten(held.registration)) throw refused;
  return page(await ownPage(deps, held, token, { path, refused: refused.type }), PROBLEMS[refused.type]);
}

/**
 * The buttons of the holder's page. A link that was replaced has one left: to mail the new one to whom it belongs. Once a minor has stopped
 * there may be no page to lead to: this answer is the last one.
 */
export const postRegistration = (
  deps: PressButtonDeps,
  handedIn: HandedInPresses,
): Guarded<typeof ATTENDEE_ROUTES.postRegistration> =>
  guarded(
    (sender) => everHolderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, body, language, path }, { held, isCurrent }) => {
      const [action] = body.action;
      if (!isCurrent && action !== 'send-again') throw new ProblemError('link-replaced');
      if (action === 'erase') {
        if (body.confirm === undefined) throw new InvalidInputError([{ path: 'confirm', code: 'not-accepted' }]);
        await erase(deps, held);
        return page(erasedPage({ event: held.event, language: held.language, t: siteWords(held.language) }, 'self'));
      }
      if (action === 'answer') return answer(deps, held, { token, path, body });
      try {
        await (isHandedIn(action) ? handedIn[action](held) : PRESSES[action](deps, held));
      } catch (error) {
        if (!(error instanceof ProblemError) || !OVERTAKEN.includes(error.type)) throw error;
        return asItStands(deps, { token, language, path }, error);
      }
      if (action === 'cancel' && held.registration.ageBand === 'minor') return page(stoppedPage(held, path));
      return seeOther(`${path}?lang=${language}&done=${action}`);
    },
  );

interface Answered {
  readonly token: string;
  readonly path: string;
  readonly body: { readonly answer?: readonly string[] | undefined; readonly asked?: readonly string[] | undefined };
}

/** Keeps an answer; one that is not taken comes back as it was typed, on the page that says how it stands. */
async function answer(
  deps: PressButtonDeps,
  held: RegistrationWithEvent,
  { token, path, body: { answer: [typed = ''] = [], asked: [asked = ''] = [] } }: Answered,
): Promise<Reply> {
  try {
    await answerQuestion(deps, held, { answer: typed, asked });
  } catch (error) {
    const isOver = error instanceof ProblemError && error.type === 'question-over';
    if (!isOver && !(error instanceof InvalidInputError)) throw error;
    const now = (await everHolderOf(deps, token, held.language)).held;
    const problems = error instanceof InvalidInputError ? displayedIssues(error, siteWords(held.language)) : [];
    const answering = { values: { answer: [typed] }, problems };
    const told = { path, answering, ...(isOver && { refused: error.type }) };
    return page(await ownPage(deps, now, token, told), PROBLEMS[error.type]);
  }
  return seeOther(`${path}?lang=${held.language}&done=answer`);
}

/**
 * The attendee says that a registration is theirs, by a link that only its address got. Twice is as good as once. One who lost a seat
 * meanwhile, since they had not said so, gets one again, or stands first among those who wait.
 *
 * @throws ProblemError `not-undoable` once the event is over, `registered-anew` when the address has another registration by now
 */
export async function prove(
  deps: Needs<'changes' | 'registrations' | 'secrets' | 'system'>,
  { registration, event }: RegistrationWithEvent,
): Promise<Registration> {
  const { eventId, reference } = registration;
  const addressHash = await hashHolder(deps.secrets, registration);
  const request = await hashRequest(deps.secrets, eventId, `prove:${reference}:${registration.revision}`);
  return changeHeld(deps, { registration, event }, (situation) => {
    const { before, lock } = situation;
    const now = deps.system.now();
    // Also where something else proved it since, such as a link that an organiser handed over: the seat is still lost.
    if (before.seatLostAt === undefined || before.status !== 'expired') {
      return before.unproven && { after: changed(before, {}, now), messages: [] };
    }
    if (isEventOver(event, now)) throw new ProblemError('not-undoable');
    if (lock !== undefined) throw new ProblemError('registered-anew');
    const { behind, ...standing } = readmission(event, situation, deps.system.chance());
    const waits = standing.status === 'waitlisted' && { waiting: { since: before.submittedAt } };
    const after = changed(before, { ...standing, ...waits, ticketId: newTicketId(deps.system) }, now);
    return {
      after,
      behind,
      lock: { put: { reference, request }, addressHash },
      messages: [newMessage(deps.system, standing.status, after)],
    };
  });
}
