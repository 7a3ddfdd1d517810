import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { eventOf } from '../../team/role/within-reach.case.ts';
import { invitationsReply } from './list-invitations.case.ts';

type Deps = Needs<'auditTable' | 'codes' | 'events' | 'registrations' | 'system' | 'write'>;

export const revokeInvitation =
  (deps: Deps): Permitted<'revokeInvitation'> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await eventOf(deps, eventId, language);
    const also = [audited(deps, event, caller, 'revoke-invitation', invitationId)];
    if (!(await deps.codes.revoke(eventId, invitationId, also))) throw new ProblemError('not-found');
    return invitationsReply(deps, eventId);
  };
