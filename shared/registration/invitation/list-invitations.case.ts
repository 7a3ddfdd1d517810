import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { compareNames } from '../../kernel/text/text-order.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { invitationState } from './invitation.ts';

type Deps = Needs<'codes' | 'system'>;

export const listInvitations =
  (deps: Deps): Permitted<'listInvitations'> =>
  ({ params: { eventId } }) =>
    invitationsReply(deps, eventId);

export async function invitationsReply(deps: Deps, eventId: string): Promise<Reply> {
  const invitations = await deps.codes.list(eventId);
  const now = deps.system.now();
  return json(200, {
    invitations: invitations
      .map((invitation) => {
        const { eventId: _, codeHash: id, revoked: __, ...shown } = invitation;
        return { id, ...shown, state: invitationState(invitation, now) };
      })
      .sort((a, b) => compareNames(a.label, b.label)),
  });
}
