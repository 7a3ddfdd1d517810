import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import { signedView } from '../link/signed-view.case.ts';
import { cancel } from './cancel.case.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'signer' | 'system' | 'tables' | 'young'>;

export const cancelRegistration =
  (deps: Deps): Handle<'cancelRegistration'> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const held = await holderOf(deps, token, language);
    return json(200, await signedView(deps, { ...held, registration: await cancel(deps, held) }, token));
  };
