import { invitationExpiry, invitationLink, type RoleInvitation } from '../../shared/domain/role-invitation.ts';
import { needsOf, proposalProblems } from '../../shared/domain/role-rule.ts';
import { InvalidInputError } from '../../shared/kernel/errors.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import { parseEmailAddress } from '../../shared/kernel/text/email-address.ts';
import { roleInvitationToken } from '../../shared/keys/role-invitation.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { audited } from '../../shared/organising/audited.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { putMessage } from '../../shared/registering/writes.ts';
import { invitationId } from '../../shared/store/role-invitation-item.ts';
import type { Deps } from './deps.ts';
import { instant } from './list-roles.ts';
import { eventOf } from './registrations/within-reach.ts';
import { todayAt } from './today-at.ts';

const NUMBER_BYTES = 16;

/**
 * Makes a link that gives roles to whoever opens it first, and mails it where an address is given. What takes a second person
 * is a proposal: its link is shown to nobody, and is mailed once it is accepted.
 */
export const inviteToRoles =
  (deps: Deps): Permitted<'inviteToRoles'> =>
  async ({ params: { eventId }, body: { grants, label, email, language, reason }, language: spoken }, caller) => {
    const to = email === undefined ? undefined : addressOf(email);
    const event = await eventOf(deps, eventId, spoken);
    const isProposal = needsOf(grants).length > 0;
    if (isProposal) {
      const team = { members: await deps.roles.list(eventId), today: todayAt(deps, event) };
      const issues = proposalProblems(team, { grants, invitedBy: caller.id, email: to, reason });
      if (issues.length > 0) throw new InvalidInputError(issues);
    }
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
      ...(isProposal && { number, reason }),
      createdAt: now.toISOString(),
      expiresAt: invitationExpiry(now),
    };
    const about = { eventId, reference: number, language: language ?? spoken };
    const mail =
      to &&
      !isProposal &&
      putMessage(
        deps.outbox,
        newMessage(deps.system, 'role-invitation', { ...about, email: to }),
        invitation.expiresAt,
      );
    const noted = audited(deps, event, caller, 'invite-member', invitation.id, { grants, label });
    await deps.invitations.invite(invitation, [...(mail ? [mail] : []), noted]);
    const made = { id: invitation.id, expiresAt: instant(invitation.expiresAt) };
    return isProposal ? json(202, made) : json(201, { ...made, link: invitationLink(deps.siteUrl, eventId, token) });
  };

function addressOf(typed: string): string {
  const checked = parseEmailAddress(typed);
  if ('issue' in checked) throw new InvalidInputError([{ path: 'email', ...checked.issue }]);
  return checked.value;
}
