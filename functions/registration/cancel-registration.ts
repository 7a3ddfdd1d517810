import { InvalidInputError } from '../../shared/errors.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { json, seeOther } from '../../shared/http/reply.ts';
import { cancel } from './cancel.ts';
import type { Deps } from './deps.ts';
import { bearerToken, holderOf } from './holder.ts';
import { signedView } from './show-registration.ts';

/** The button on the holder's page. */
export const postRegistration =
  (deps: Deps): Handle<'postRegistration'> =>
  async ({ params: { token }, body: fields, language, path }) => {
    const { registration } = await holderOf(deps, token, language);
    if (fields['action']?.[0] !== 'cancel') throw new InvalidInputError([{ path: 'action', code: 'unknown-option' }]);
    await cancel(deps, registration);
    return seeOther(`${path}?lang=${language}`);
  };

export const cancelRegistration =
  (deps: Deps): Handle<'cancelRegistration'> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const { registration } = await holderOf(deps, token, language);
    await cancel(deps, registration);
    return json(200, await signedView(deps, await holderOf(deps, token, language), token));
  };
