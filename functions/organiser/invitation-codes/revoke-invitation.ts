import { ProblemError } from '../../../shared/kernel/errors.ts';
import { audited } from '../../../shared/team/audit/audited.case.ts';
import type { Permitted } from '../../../shared/team/role/permitted.case.ts';
import { eventOf } from '../../../shared/team/role/within-reach.case.ts';
import type { Deps } from '../deps.ts';
import { invitationsReply } from './list-invitations.ts';

export const revokeInvitation =
  (deps: Deps): Permitted<'revokeInvitation'> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await eventOf(deps, eventId, language);
    const also = [audited(deps, event, caller, 'revoke-invitation', invitationId)];
    if (!(await deps.codes.revoke(eventId, invitationId, also))) throw new ProblemError('not-found');
    return invitationsReply(deps, eventId);
  };
