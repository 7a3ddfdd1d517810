import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { bearerToken, holderOf } from '../holder-of.case.ts';
import { signedView } from '../link/signed-view.case.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';

type Deps = Needs<'registrations' | 'secrets' | 'signer' | 'system'>;

/** @param cancel ends a registration, also one of someone under 18, of which more is kept than lies here */
export const cancelRegistration =
  (
    deps: Deps,
    cancel: (held: RegistrationWithEvent) => Promise<Registration>,
  ): Handle<typeof ATTENDEE_ROUTES.cancelRegistration> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    const held = await holderOf(deps, token, language);
    return json(200, await signedView(deps, { ...held, registration: await cancel(held) }, token));
  };
