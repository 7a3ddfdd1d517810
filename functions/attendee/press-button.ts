import type { Action } from '../../shared/contract/self-service.ts';
import { ProblemError } from '../../shared/errors.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { seeOther } from '../../shared/http/reply.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import { cancel } from './cancel.ts';
import type { Deps } from './deps.ts';
import { everHolderOf } from './holder.ts';
import { attendMeanwhile, stopMeanwhile } from './meanwhile.ts';
import { replaceLink } from './replace-link.ts';
import { sendAgain } from './send-again.ts';
import { undoCancel } from './undo-cancel.ts';

type Press = (deps: Deps, held: RegistrationWithEvent) => Promise<unknown>;

const PRESSES: Readonly<Record<Action, Press>> = {
  cancel,
  'undo-cancel': undoCancel,
  'meanwhile-online': attendMeanwhile,
  'give-back-online': stopMeanwhile,
  'send-again': sendAgain,
  'replace-link': replaceLink,
};

/** The buttons of the holder's page. A link that was replaced has one left: to mail the new one to whom it belongs. */
export const postRegistration =
  (deps: Deps): Handle<'postRegistration'> =>
  async ({ params: { token }, body, language, path }) => {
    const [action] = body.action;
    const { held, isCurrent } = await everHolderOf(deps, token, language);
    if (!isCurrent && action !== 'send-again') throw new ProblemError('link-replaced');
    await PRESSES[action](deps, held);
    return seeOther(`${path}?lang=${language}&done=${action}`);
  };
