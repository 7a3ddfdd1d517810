import { InvalidInputError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../registration/writes.store.ts';
import { audited } from '../audit/audited.case.ts';
import { instant } from '../role/list-roles.case.ts';
import type { Permitted } from '../role/permitted.case.ts';
import { needsOf, proposalProblems } from '../role/role-rule.ts';
import { todayAt } from '../role/today-at.case.ts';
import { eventOf } from '../role/within-reach.case.ts';
import { invitationExpiry, invitationLink, type RoleInvitation } from './role-invitation.ts';
import { invitationId } from './role-invitation-item.store.ts';
import { roleInvitationToken } from './role-invitation-link.store.ts';

type Deps = Needs<
  | 'auditTable'
  | 'events'
  | 'invitations'
  | 'outboxTable'
  | 'registrations'
  | 'roles'
  | 'secrets'
  | 'siteUrl'
  | 'system'
  | 'write'
>;

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
        deps.outboxTable,
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
