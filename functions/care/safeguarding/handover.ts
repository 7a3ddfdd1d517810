import type { HandoverView } from '../../../shared/contract/organiser/minors.ts';
import type { EventDefinition } from '../../../shared/domain/event.ts';
import type { Guardian } from '../../../shared/domain/guardian.ts';
import { type Handover, triesLeft } from '../../../shared/domain/handover.ts';
import type { Registration } from '../../../shared/domain/registration.ts';
import { ProblemError } from '../../../shared/errors.ts';
import { json } from '../../../shared/http/reply.ts';
import { hasHandoverCode } from '../../../shared/keys/handover-code.ts';
import { noteMinor } from '../../../shared/organising/audited.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';
import { requireMinor } from './minors.ts';
import { teamNames } from './team-names.ts';
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
    return json(200, await handoverView(deps, event, registration, guardian));
  };

/** Whether what they say comes from a signed paper: they have no page of their own to say it on. */
export const isOnPaper = ({ guardianLinkVersion, guardianConsents }: Registration): boolean =>
  guardianLinkVersion === undefined && guardianConsents !== undefined;

async function handoverView(
  deps: Deps,
  event: EventDefinition<string>,
  registration: Registration,
  guardian: Guardian,
): Promise<HandoverView> {
  const { name, phone, handover } = guardian;
  return {
    guardian: { name, phone },
    isOnPaper: isOnPaper(registration),
    hasCode: registration.guardianConsents !== undefined && hasHandoverCode(registration, guardian),
    triesLeft: triesLeft(guardian),
    ...(handover && { said: await saidView(deps, event, handover) }),
  };
}

async function saidView(deps: Deps, event: EventDefinition<string>, { notedBy, adults, ...said }: Handover) {
  const nameOf = notedBy === undefined ? undefined : await teamNames(deps, event.id, [notedBy]);
  return { ...said, adults: [...adults], ...(nameOf && notedBy && { noted: { by: nameOf(notedBy) } }) };
}
