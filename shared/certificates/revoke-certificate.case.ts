import { ProblemError } from '../kernel/errors.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { changeRegistration } from '../registration/change/change-registration.case.ts';
import { organiserView } from '../registration/list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../registration/list/registrations.routes.ts';
import { changed } from '../registration/registration-state.store.ts';
import { audited } from '../team/audit/audited.case.ts';
import type { Permitted } from '../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../team/role/within-reach.case.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'system' | 'write'>;

/**
 * Withdraws a certificate, or gives it back. Nothing says why but what organisers keep elsewhere: what is noted here is who did it,
 * and to which registration.
 */
export const revokeCertificate =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.revokeCertificate> =>
  async (request, caller) => {
    const { revision, revoked } = request.body;
    const { registration, event } = await ownRegistration(deps, request, caller);
    const action = revoked ? 'revoke-certificate' : 'restore-certificate';
    const also = [audited(deps, event, caller, action, registration)];
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireReach(caller, before);
      const isRevoked = before.certificate?.revoked === true;
      if (isRevoked === revoked) return undefined;
      if (before.revision !== revision) throw new ProblemError('changed-meanwhile', { status: before.status });
      const { revoked: _, ...marks } = before.certificate ?? {};
      const next = changed(before, { certificate: revoked ? { ...marks, revoked } : marks }, deps.system.now());
      return { after: next, messages: [], also };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };
