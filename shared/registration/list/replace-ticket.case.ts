import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed, newMessage, newTicketId } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { viewOf } from './registration-view.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'system' | 'write'>;

/**
 * A new ticket, mailed where there is an address, for whoever lost theirs or their badge: the code that somebody else may hold now
 * admits nobody. What they attended follows them.
 */
export const replaceTicket =
  (deps: Deps): Permitted<'replaceTicket'> =>
  async (request, caller) => {
    const { registration, event } = await ownRegistration(deps, request, caller);
    const also = [audited(deps, event, caller, 'replace-ticket', registration.reference)];
    const ticketId = newTicketId(deps.system);
    const after = await changeRegistration(deps, event, registration, ({ before }) => {
      requireReach(caller, before);
      const { status, email } = before;
      const isAsSeen = before.revision === request.body.revision && status === 'confirmed';
      if (!isAsSeen) throw new ProblemError('changed-meanwhile', { status });
      const next = changed(before, { ticketId }, deps.system.now());
      return { after: next, messages: email === '' ? [] : [newMessage(deps.system, 'confirmed', next)], also };
    });
    return json(200, viewOf(event, after));
  };
