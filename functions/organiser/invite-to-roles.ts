import { parseEmailAddress } from '../../shared/domain/email-address.ts';
import { invitationExpiry, invitationLink, type RoleInvitation } from '../../shared/domain/role-invitation.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import { json } from '../../shared/http/reply.ts';
import { roleInvitationToken } from '../../shared/keys/role-invitation.ts';
import { audited } from '../../shared/organising/audited.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { newMessage } from '../../shared/registering/new-items.ts';
import { putMessage } from '../../shared/registering/writes.ts';
import { invitationId } from '../../shared/store/role-invitation-item.ts';
import type { Deps } from './deps.ts';
import { instant } from './list-roles.ts';
import { eventOf } from './registrations/within-reach.ts';

const NUMBER_BYTES = 16;

/** Makes a link that gives roles to whoever opens it first, and mails it where an address is given. */
export const inviteToRoles =
  (deps: Deps): Permitted<'inviteToRoles'> =>
  async ({ params: { eventId }, body: { grants, label, email, language }, language: spoken }, caller) => {
    const to = email === undefined ? undefined : addressOf(email);
    const event = await eventOf(deps, eventId, spoken);
    const now = deps.system.now();
    const number = Buffer.from(deps.system.random(NUMBER_BYTES)).toString('base64url');
    const token = await roleInvitationToken(deps.secrets, eventId, number);
    const invitation: RoleInvitation = {
      id: invitationId(token),
      eventId,
      grants,
      label,
      invitedBy: caller.id,
      ...(to !== undefined && { email: to, language: language ?? spoken }),
      createdAt: now.toISOString(),
      expiresAt: invitationExpiry(now),
    };
    const about = { eventId, reference: number, language: language ?? spoken };
    const mail =
      to &&
      putMessage(
        deps.outbox,
        newMessage(deps.system, 'role-invitation', { ...about, email: to }),
        invitation.expiresAt,
      );
    const noted = audited(deps, event, caller, 'invite-member', invitation.id);
    await deps.invitations.invite(invitation, [...(mail ? [mail] : []), noted]);
    return json(201, {
      id: invitation.id,
      link: invitationLink(deps.siteUrl, eventId, token),
      expiresAt: instant(invitation.expiresAt),
    });
  };

function addressOf(typed: string): string {
  const checked = parseEmailAddress(typed);
  if ('issue' in checked) throw new InvalidInputError([{ path: 'email', ...checked.issue }]);
  return checked.value;
}
