import type { Handle } from '../../shared/http/handler.ts';
import { json, seeOther } from '../../shared/http/reply.ts';
import { cancel } from './cancel.ts';
import type { Deps } from './deps.ts';
import { bearerToken, holderOf } from './holder.ts';
import { signedView } from './show-registration.ts';

/** The button on the holder's page; the contract takes no other press. */
export const postRegistration =
  (deps: Deps): Handle<'postRegistration'> =>
  async ({ params: { token }, language, path }) => {
    await cancel(deps, await holderOf(deps, token, language));
    return seeOther(`${path}?lang=${language}`);
  };

export const cancelRegistration =
  (deps: Deps): Handle<'cancelRegistration'> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const held = await holderOf(deps, token, language);
    return json(200, await signedView(deps, { ...held, registration: await cancel(deps, held) }, token));
  };
