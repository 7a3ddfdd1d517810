import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import { bearerToken, holderOf } from '../../shared/registering/holder-of.ts';
import { cancel } from './cancel.ts';
import type { Deps } from './deps.ts';
import { signedView } from './signed-view.ts';

export const cancelRegistration =
  (deps: Deps): Handle<'cancelRegistration'> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const held = await holderOf(deps, token, language);
    return json(200, await signedView(deps, { ...held, registration: await cancel(deps, held) }, token));
  };
