import { isCanary } from '../kernel/canary.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { eraseCanary, isCanarySecret, readCanary } from './canary.store.ts';
import { bearerToken } from './holder-of.case.ts';
import type { REGISTRATION_ROUTES } from './registration.routes.ts';

type Deps = Needs<'client' | 'registrations' | 'registry' | 'secrets' | 'system'>;

/** How the canary's registration stands, and whether its mail arrived. */
export const showCanary =
  (deps: Deps): Handle<typeof REGISTRATION_ROUTES.showCanary> =>
  async ({ params: { eventId }, headers: { authorization } }) => {
    await requireCanary(deps, eventId, authorization);
    const { registration } = await readCanary(deps);
    const mail = registration?.mail?.state;
    return json(200, { ...(registration && { status: registration.status }), ...(mail && { mail }) });
  };

/** Erases it. Twice is as good as once. */
export const deleteCanary =
  (deps: Deps): Handle<typeof REGISTRATION_ROUTES.eraseCanary> =>
  async ({ params: { eventId }, headers: { authorization } }) => {
    await requireCanary(deps, eventId, authorization);
    return json(200, { wasThere: await eraseCanary(deps) });
  };

/** @throws ProblemError `link-not-valid`, the same for another secret, another event, and where there is no canary */
async function requireCanary(deps: Deps, eventId: string, authorization: string | undefined): Promise<void> {
  const isOpen = isCanary(eventId) && (await isCanarySecret(deps, bearerToken(authorization)));
  if (!isOpen) throw new ProblemError('link-not-valid');
}
