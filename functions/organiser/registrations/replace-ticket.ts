import { ProblemError } from '../../../shared/kernel/errors.ts';
import { json } from '../../../shared/kernel/http/reply.ts';
import { changed, newMessage, newTicketId } from '../../../shared/mail/outbox/new-items.store.ts';
import { changeRegistration } from '../../../shared/registering/change-registration.ts';
import { audited } from '../../../shared/team/audit/audited.case.ts';
import type { Permitted } from '../../../shared/team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../../shared/team/role/within-reach.case.ts';
import type { Deps } from '../deps.ts';
import { viewOf } from './view.ts';

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
