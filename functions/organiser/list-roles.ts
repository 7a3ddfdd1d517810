import { json, type Reply } from '../../shared/http/reply.ts';
import type { Caller, Permitted } from '../../shared/organising/permitted.ts';
import type { Deps } from './deps.ts';

/** Everyone who runs an event, and the invitations that are still open. */
export const listRoles =
  (deps: Deps): Permitted<'listRoles'> =>
  ({ params: { eventId } }, caller) =>
    rolesReply(deps, eventId, caller);

export async function rolesReply(deps: Deps, eventId: string, caller: Caller): Promise<Reply> {
  const [members, invitations] = await Promise.all([deps.roles.list(eventId), deps.invitations.list(eventId)]);
  const now = deps.system.now().getTime();
  return json(200, {
    members: members.map(({ id, grants, label, invitedBy, createdAt }) => ({
      id,
      grants,
      label,
      invitedBy,
      createdAt,
      isYou: id === caller.id,
    })),
    invitations: invitations
      .filter(({ expiresAt }) => expiresAt * 1000 > now)
      .map(({ id, grants, label, invitedBy, createdAt, expiresAt }) => ({
        id,
        grants,
        label,
        invitedBy,
        createdAt,
        expiresAt: instant(expiresAt),
      })),
  });
}

/** @param seconds epoch */
export const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
