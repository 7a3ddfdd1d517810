import { teamNames } from '../../care/team-names.case.ts';
import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { noteMinor } from '../../team/audit/audited.case.ts';
import { isVetted } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import type { Guardian } from '../consent/guardian.schema.ts';
import { isOnPaper } from '../minor-view.case.ts';
import { requireMinor, SECOND_PERSONS } from '../minors.case.ts';
import type { HandoverView } from '../minors.schema.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { eventForVetted, FOCAL_POINTS } from '../vetted.case.ts';
import { handoverInForce, triesLeft, waitingHandover } from './handover.ts';
import { hasHandoverCode } from './handover-code.store.ts';

type Deps = Needs<
  'auditTable' | 'events' | 'listRegistrations' | 'registrations' | 'roles' | 'system' | 'write' | 'young'
>;

/**
 * How someone under 18 leaves, as their guardian said: of one at a time, and each look is noted, or there is none (CS14, CS15). Whoever may
 * only be a second person sees what waits for one, to hold it against the paper.
 *
 * @throws ProblemError `not-vetted` for such a one where nothing waits
 */
export const showHandover =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.showHandover> =>
  async (request, caller) => {
    const event = await eventForVetted(deps, request, caller, SECOND_PERSONS);
    const isAtDesk = isVetted(caller.grants, FOCAL_POINTS, lastDay(event));
    const registration = await requireMinor(deps, event, request.params.reference);
    const guardian = await deps.young.readGuardian(registration);
    if (!isAtDesk && !(guardian && waitingHandover(guardian))) throw new ProblemError('not-vetted');
    await noteMinor(deps, event, caller, registration.reference, 'read-handover');
    if (guardian === undefined) throw new ProblemError('not-found');
    const said = isAtDesk ? await saidView(deps, event, guardian) : undefined;
    const waiting = await waitingView(deps, event, guardian, caller);
    return json(200, { ...handoverView(registration, guardian), said, waiting } satisfies HandoverView);
  };

function handoverView(registration: Registration, guardian: Guardian) {
  const { name, phone } = guardian;
  return {
    guardian: { name, phone },
    isOnPaper: isOnPaper(registration),
    hasCode: registration.guardianConsents !== undefined && hasHandoverCode(registration, guardian),
    triesLeft: triesLeft(guardian),
  };
}

async function saidView(deps: Deps, event: EventDefinition<string>, guardian: Guardian): Promise<HandoverView['said']> {
  const inForce = handoverInForce(guardian);
  if (inForce === undefined) return undefined;
  const { notedBy, confirmedBy, confirmedAt, adults, ...said } = inForce;
  if (notedBy === undefined) return { ...said, adults: [...adults] };
  const nameOf = await teamNames(deps, event.id, [notedBy, ...(confirmedBy ? [confirmedBy] : [])]);
  const noted = { by: nameOf(notedBy), confirmedAt, ...(confirmedBy && { confirmedBy: nameOf(confirmedBy) }) };
  return { ...said, adults: [...adults], noted };
}

async function waitingView(
  deps: Deps,
  event: EventDefinition<string>,
  guardian: Guardian,
  { id }: Caller,
): Promise<HandoverView['waiting']> {
  const waiting = waitingHandover(guardian);
  if (waiting === undefined) return undefined;
  const { alone, adults, never, saidAt: notedAt, notedBy } = waiting;
  const nameOf = await teamNames(deps, event.id, [notedBy]);
  return { alone, adults: [...adults], never, notedAt, notedBy: nameOf(notedBy), isOwn: notedBy === id };
}
