import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { endYoung } from '../end-young.case.ts';
import { requireMinor } from '../minors.case.ts';
import { eventForVetted } from '../vetted.case.ts';
import { takeBack } from './take-back.case.ts';

type Deps = Needs<
  | 'auditTable'
  | 'changes'
  | 'events'
  | 'listRegistrations'
  | 'registrations'
  | 'roles'
  | 'secrets'
  | 'system'
  | 'tables'
  | 'write'
  | 'young'
>;

/** For a guardian who has told the focal point, on paper or by phone: the same as their own link would do (CS5). */
export const withdrawForGuardian =
  (deps: Deps): Permitted<'withdrawForGuardian'> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const { consent, revision } = request.body;
    const registration = await requireMinor(deps, event, request.params.reference);
    if (registration.revision !== revision) throw new ProblemError('out-of-date');
    const noted = audited(deps, event, caller, 'withdraw-for-guardian', registration.reference);
    if (consent !== undefined) {
      await takeBack(deps, { registration, event }, consent, [noted]);
      return json(200, { status: 'taken-back' });
    }
    const hasAgreed = registration.guardianConsents !== undefined;
    await endYoung(deps, { registration, event }, hasAgreed ? 'consent-withdrawn' : 'guardian-refused', [noted]);
    return json(200, { status: 'ended' });
  };
