import { ProblemError } from '../../../shared/errors.ts';
import { json } from '../../../shared/http/reply.ts';
import { isHandoverCode } from '../../../shared/keys/handover-code.ts';
import { noteMinor, noteRead } from '../../../shared/organising/audited.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { requireMinor } from './minors.ts';
import { eventForVetted } from './vetted.ts';

/** How someone under 18 leaves, as their guardian said: of one at a time, and each look is noted, or there is none (CS14, CS15). */
export const showHandover =
  (deps: Deps): Permitted<'showHandover'> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const registration = await requireMinor(deps, event, request.params.reference);
    await noteMinor(deps, event, caller, registration.reference, 'read-handover');
    const guardian = await deps.young.readGuardian(registration);
    if (guardian === undefined) throw new ProblemError('not-found');
    const { name, phone, handover } = guardian;
    return json(200, {
      guardian: { name, phone },
      hasCode: registration.guardianLinkVersion !== undefined && registration.guardianConsents !== undefined,
      ...(handover && { said: { ...handover, adults: [...handover.adults] } }),
    });
  };

/** Whether what whoever fetches them says is the code on the guardian's page; that it was wrong is noted too. */
export const checkHandoverCode =
  (deps: Deps): Permitted<'checkHandoverCode'> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller);
    const registration = await requireMinor(deps, event, request.params.reference);
    const guardian = registration.guardianConsents && (await deps.young.readGuardian(registration));
    if (!guardian) throw new ProblemError('not-found');
    const isRight = await isHandoverCode(request.body.code, registration, guardian, deps.secrets);
    await noteRead(deps, event, caller, isRight ? 'accept-handover' : 'refuse-handover', registration.reference);
    return json(200, { isRight });
  };
