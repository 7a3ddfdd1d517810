import { json, type Reply } from '../../../shared/http/reply.ts';
import type { Permitted } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';

export const listInvitations =
  (deps: Deps): Permitted<'listInvitations'> =>
  ({ params: { eventId } }) =>
    invitationsReply(deps, eventId);

export async function invitationsReply(deps: Deps, eventId: string): Promise<Reply> {
  const invitations = await deps.codes.list(eventId);
  return json(200, {
    invitations: invitations
      .map(({ eventId: _, codeHash: id, ...invitation }) => ({ id, ...invitation }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  });
}
