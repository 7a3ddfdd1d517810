import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { viewOf } from '../list/registration-view.ts';
import { bears, checkNames, renamed } from '../names.ts';
import { isLive } from '../registration.ts';
import { changeRegistration } from './change-registration.case.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'system' | 'write'>;

/**
 * Puts the right names in place of those that were mistyped: also once the event is over, when their holder cannot any more. They are the
 * same person: approval, seat, ticket and link stay. Another name makes another code of the certificate.
 *
 * Nothing is mailed. What tells holders that their registration was changed says that this was done on its page; here, somebody asked for
 * it and is answered, and nothing stops working that they have.
 */
export const correctName =
  (deps: Deps): Permitted<'correctName'> =>
  async (request, caller) => {
    const { revision, ...sent } = request.body;
    const checked = checkNames(sent);
    if ('issues' in checked) throw new InvalidInputError(checked.issues);
    const { names } = checked;
    const { registration, event } = await ownRegistration(deps, request, caller);
    const also = [audited(deps, event, caller, 'correct-name', registration.reference)];
    const after = await changeRegistration(deps, event, registration, ({ before }) => {
      requireReach(caller, before);
      if (!isLive(before)) throw new ProblemError('not-amendable');
      if (bears(before, names)) return undefined;
      if (before.revision !== revision) throw new ProblemError('changed-meanwhile', { status: before.status });
      const now = deps.system.now();
      return { after: changed(before, renamed(before, names, now), now), messages: [], also };
    });
    return json(200, viewOf(event, after));
  };
