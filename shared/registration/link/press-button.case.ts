import { erasedPage } from '../../../web/site/registration/ended-pages.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded } from '../../kernel/http/handler.case.ts';
import { PROBLEMS, type ProblemType } from '../../kernel/http/problem.schema.ts';
import { page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isForgotten } from '../../minors/young.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { erase } from '../cancel/erase.case.ts';
import { undoCancel } from '../cancel/undo-cancel.case.ts';
import { attendOnlineWhileWaitlisted, stopOnlineWhileWaitlisted } from '../change/online-while-waitlisted.case.ts';
import { everHolderOf } from '../holder-of.case.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { prove } from './prove.case.ts';
import type { Action } from './self-service.schema.ts';
import { replaceLink, sendAgain } from './send-again.case.ts';
import { ownPage, stoppedPage } from './show-registration.case.ts';
import { resumeMail } from './unsubscribe.case.ts';

type Deps = Needs<
  | 'changes'
  | 'client'
  | 'delegations'
  | 'locks'
  | 'registrations'
  | 'secrets'
  | 'signer'
  | 'system'
  | 'tables'
  | 'young'
>;

/** Leads back to the page; `erase` leaves none. */
type Press = Exclude<Action, 'erase'>;
/** What a press of a minor, of their chaperone, or in a delegation does: the entry hands it in. */
type HandedIn = 'cancel' | 'chaperone-accept' | 'chaperone-decline' | 'show-coordinator' | 'hide-coordinator';

export type HandedInPresses = Readonly<Record<HandedIn, (held: RegistrationWithEvent) => Promise<unknown>>>;

const PRESSES: Readonly<
  Record<Exclude<Press, HandedIn>, (deps: Deps, held: RegistrationWithEvent) => Promise<unknown>>
> = {
  prove,
  'undo-cancel': undoCancel,
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
  deps: Deps,
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
  deps: Deps,
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
