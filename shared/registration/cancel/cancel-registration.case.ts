import type { Deps } from '../../../functions/attendee/deps.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import { signedView } from '../link/signed-view.case.ts';
import { cancel } from './cancel.case.ts';

export const cancelRegistration =
  (deps: Deps): Handle<typeof ATTENDEE_ROUTES.cancelRegistration> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const held = await holderOf(deps, token, language);
    return json(200, await signedView(deps, { ...held, registration: await cancel(deps, held) }, token));
  };
