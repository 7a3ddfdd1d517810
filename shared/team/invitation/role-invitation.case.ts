import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import { audited } from '../audit/audited.case.ts';
import { instant, rolesReply, todayAt } from '../role/list-roles.case.ts';
import type { RoleInvitation } from '../role/organiser-role.schema.ts';
import type { Permitted } from '../role/permitted.case.ts';
import { needsLeft, needsOf, opensAt, proposalProblems } from '../role/role-rule.ts';
import type { ROLE_ROUTES } from '../role/roles.routes.ts';
import { tellOfGrant, tellOfOpening } from '../role/tell-team.case.ts';
import { definitionOf } from '../role/within-reach.case.ts';
import { invitationId, roleInvitationToken } from './role-invitation.store.ts';
import { invitationExpiry, invitationLink } from './role-invitation.ts';

const NUMBER_BYTES = 16;

/**
 * Makes a link that gives roles to the person who opens it first, and mails it where an address is given. What takes a second person
 * is a proposal: its link is shown to nobody, and is mailed once it is accepted.
 */
export const inviteToRoles =
  (
    deps: Needs<
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
    >,
  ): Permitted<typeof ROLE_ROUTES.inviteToRoles> =>
  async ({ params: { eventId }, body: { grants, label, email, language, reason }, language: spoken }, caller) => {
    const to = email === undefined ? undefined : addressOf(email);
    const event = await definitionOf(deps, eventId, spoken);
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

type AcceptRoleInvitationDeps = Needs<
  | 'accounts'
  | 'auditTable'
  | 'events'
  | 'invitations'
  | 'issuer'
  | 'outboxTable'
  | 'registrations'
  | 'roles'
  | 'system'
  | 'write'
>;

/**
 * A second person stands for what another member proposed. Once nobody is missing, its link is mailed to whom it is for, and
 * shown to nobody else.
 */
export const acceptRoleInvitation =
  (deps: AcceptRoleInvitationDeps): Permitted<typeof ROLE_ROUTES.acceptRoleInvitation> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const named = { eventId, invitationId, memberId: caller.id, today: todayAt(deps, event) };
    const isAccepted = await deps.invitations.accept(named, (after, team) => [
      ...(needsLeft(after).length === 0 ? invitationMail(deps, after) : []),
      ...tellOfOpening(deps, event, after, team),
      audited(deps, event, caller, 'accept-member', after.id, { grants: after.grants, label: after.label }),
    ]);
    if (!isAccepted) throw new ProblemError('not-second-person');
    return rolesReply(deps, event, caller);
  };

/** It leaves when what it offers can be taken on. */
function invitationMail(deps: AcceptRoleInvitationDeps, invitation: RoleInvitation): readonly TransactItem[] {
  const { eventId, number, email, language = 'en', expiresAt } = invitation;
  if (number === undefined || email === undefined) return [];
  const about = { eventId, reference: number, email, language };
  return [
    putMessage(deps.outboxTable, newMessage(deps.system, 'role-invitation', about, opensAt(invitation)), expiresAt),
  ];
}

/** The holder of the token, signed in, takes the roles on, whatever their provider knows of them. */
export const redeemRoleInvitation =
  (
    deps: Needs<'auditTable' | 'events' | 'invitations' | 'outboxTable' | 'system'>,
  ): Permitted<typeof ROLE_ROUTES.redeemRoleInvitation> =>
  async ({ params: { eventId }, body: { invitation }, language }, caller) => {
    const found = await deps.events.readEvent(eventId, language);
    if (found === undefined) throw new ProblemError('role-invitation-not-valid');
    const { event } = found;
    const named = { eventId, invitationId: invitationId(invitation), memberId: caller.id, today: todayAt(deps, event) };
    const member = await deps.invitations.redeem(named, (after, offered, team) => [
      audited(deps, event, caller, 'take-on-roles', offered.id, { grants: offered.grants, label: offered.label }),
      ...tellOfGrant(deps, event, after, offered, team),
    ]);
    if (member === 'later') throw new ProblemError('role-opens-later');
    if (member === 'no') throw new ProblemError('role-invitation-not-valid');
    return json(200, { eventId, grants: member.grants });
  };
