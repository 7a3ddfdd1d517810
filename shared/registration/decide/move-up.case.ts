import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleanedAndGiven } from '../../kernel/text/cleaned.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import { provenBy } from '../proven.ts';
import { changed } from '../registration-state.store.ts';

/** Letters, as a reader counts them. */
const LONGEST_REASON = 200;

/**
 * Puts an attendee before everyone who waits, those who were moved up earlier included: the next seat that is free in all they wait for is
 * theirs. Nothing goes beyond a quota, and the order of all others stays. An owner who does it vouches for them: a place that nobody proves
 * would be passed over.
 *
 * Nothing is mailed: an attendee is told once there is a seat, as everyone is.
 */
export const moveUpInLine =
  (
    deps: Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.moveUpInLine> =>
  async (request, caller) => {
    const { revision } = request.body;
    const reason = cleanedAndGiven('reason', request.body.reason, { max: LONGEST_REASON });
    const { registration, event } = await ownRegistration(deps, request, caller);
    const also = [audited(deps, event, caller, 'move-up', registration)];
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireReach(caller, before);
      const { status, waiting } = before;
      // Sent again by who did not have the answer: it was the change that came next, and says the same.
      if (before.revision === revision + 1 && waiting?.movedUp?.reason === reason) return undefined;
      if (before.revision !== revision || status !== 'waitlisted' || waiting === undefined) {
        throw new ProblemError('changed-meanwhile', { status });
      }
      const now = deps.system.now();
      const movedUp = { at: now.toISOString(), reason };
      const moved = changed(before, { waiting: { ...waiting, movedUp } }, now);
      return { after: provenBy(moved, 'vouched'), messages: [], also };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };
