import { ProblemError } from '../kernel/errors.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { parseReference } from '../kernel/text/reference.ts';
import { audited } from '../team/audit/audited.case.ts';
import type { Permitted } from '../team/role/permitted.case.ts';
import { hasPlace } from './care-counts.ts';
import { mayKnow, requireEvent } from './event.case.ts';
import { teamNames } from './team-names.case.ts';

type Deps = Needs<'auditTable' | 'careNeeds' | 'events' | 'registrations' | 'roles' | 'system'>;

/** Ticks what was looked at, or takes the tick back; whatever has replaced it since is not ticked unseen. */
export const arrangeNeed =
  (deps: Deps): Permitted<'arrangeNeed'> =>
  async (request, caller) => {
    const event = await requireEvent(deps, request);
    const reference = parseReference(request.params.reference);
    if (reference === undefined) throw new ProblemError('not-found');
    const [registration, needs] = await Promise.all([
      deps.registrations.read(event.id, reference),
      deps.careNeeds.read({ eventId: event.id, reference }),
    ]);
    if (!registration || !needs || !hasPlace(registration) || !mayKnow(caller, registration, event))
      throw new ProblemError('not-found');
    const { arranged: isArranged, edition } = request.body;
    if (needs.edition !== edition) throw new ProblemError('out-of-date');
    const isSaid = (needs.arranged !== undefined) === isArranged;
    const said = { at: deps.system.now().toISOString(), by: caller.id };
    const arranged = isSaid ? needs.arranged : isArranged ? said : undefined;
    const noted = audited(deps, event, caller, isArranged ? 'arrange-need' : 'reopen-need', reference);
    if (!isSaid && !(await deps.careNeeds.arrange(needs, arranged, noted))) throw new ProblemError('out-of-date');
    if (arranged === undefined) return json(200, { reference, edition });
    const nameOf = await teamNames(deps, event.id, [arranged.by]);
    return json(200, { reference, edition, arranged: { at: arranged.at, by: nameOf(arranged.by) } });
  };
