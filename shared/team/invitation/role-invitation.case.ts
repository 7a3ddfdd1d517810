import type { EventDefinition } from '../../event/event.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import { doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import { audited } from '../audit/audited.case.ts';
import { instant, rolesReply, todayAt } from '../role/list-roles.case.ts';
import type { RoleGrant, RoleInvitation } from '../role/organiser-role.schema.ts';
import { hasEnded, holdsAny, mergeGrants, shownGrants } from '../role/organiser-role.ts';
import type { Caller, Permitted } from '../role/permitted.case.ts';
import { checkMember, type Member, putMember } from '../role/role.store.ts';
import {
  changeOf,
  isLastingOwner,
  lastingOwner,
  needsLeft,
  needsOf,
  opensAt,
  proposalProblems,
} from '../role/role-rule.ts';
import type { ROLE_ROUTES } from '../role/roles.routes.ts';
import { tellOfGrant, tellOfOpening } from '../role/tell-team.case.ts';
import { definitionOf } from '../role/within-reach.case.ts';
import { invitationId, putRoleInvitation, roleInvitationToken } from './role-invitation.store.ts';
import { invitationExpiry, invitationLink } from './role-invitation.ts';

const NUMBER_BYTES = 16;

type InviteDeps = Needs<
  'auditTable' | 'events' | 'invitations' | 'outboxTable' | 'roles' | 'secrets' | 'siteUrl' | 'system'
>;

/**
 * Makes a link that gives roles to the person who opens it first, and mails it where an address is given. What takes a second person
 * is a proposal: its link is shown to nobody, and is mailed once it is accepted.
 */
export const inviteToRoles =
  (deps: InviteDeps): Permitted<typeof ROLE_ROUTES.inviteToRoles> =>
  async ({ params: { eventId }, body: { grants, label, email, language, reason }, language: spoken }, caller) => {
    const to = email === undefined ? undefined : addressOf(email);
    const event = await definitionOf(deps, eventId, spoken);
    const members = needsOf(grants).length === 0 ? [] : await deps.roles.list(eventId);
    const offered = { grants, label, email: to, language: language ?? spoken, reason };
    const { invitation, token } = await invitationOf(deps, event, caller, offered, members);
    const isProposal = invitation.number !== undefined;
    const mail =
      to &&
      !isProposal &&
      putMessage(
        deps.outboxTable,
        newMessage(deps.system, 'role-invitation', {
          ...{ eventId, reference: token.number, language: offered.language, email: to },
        }),
        invitation.expiresAt,
      );
    const noted = audited(deps, event, caller, 'invite-member', invitation.id, { grants, label });
    await deps.invitations.invite(invitation, [...(mail ? [mail] : []), noted]);
    const made = { id: invitation.id, expiresAt: instant(invitation.expiresAt) };
    if (isProposal) return json(202, made);
    return json(201, { ...made, link: invitationLink(deps.siteUrl, eventId, token.text) });
  };

type Offered = Pick<RoleInvitation, 'grants' | 'prolongs' | 'label' | 'email' | 'language' | 'reason'>;

/**
 * @param members looked at where it takes a second person
 * @throws InvalidInputError where nobody could ever accept it, or it reaches a category that the event does not have
 */
async function invitationOf(
  deps: Pick<InviteDeps, 'secrets' | 'system'>,
  event: EventDefinition<string>,
  caller: Caller,
  { grants, prolongs = [], label, email, language, reason }: Offered,
  members: readonly Member[],
) {
  const isProposal = needsOf(grants).length > 0;
  const team = { members, today: todayAt(deps, event) };
  const proposal = { grants, invitedBy: caller.id, email, reason };
  const issues = [
    ...reachProblems(event, grants),
    ...endProblems(deps, grants),
    ...(isProposal ? proposalProblems(team, proposal) : []),
  ];
  if (issues.length > 0) throw new InvalidInputError(issues);
  const now = deps.system.now();
  const number = Buffer.from(deps.system.random(NUMBER_BYTES)).toString('base64url');
  const text = await roleInvitationToken(deps.secrets, event.id, number);
  const invitation: RoleInvitation = {
    id: invitationId(text),
    eventId: event.id,
    grants,
    ...(prolongs.length > 0 && { prolongs }),
    label,
    invitedBy: caller.id,
    ...(email !== undefined && { email, language }),
    ...(isProposal && { number, reason }),
    createdAt: now.toISOString(),
    expiresAt: invitationExpiry(now),
  };
  return { invitation, token: { text, number } };
}

const reachProblems = ({ categories }: EventDefinition<string>, grants: readonly RoleGrant[]): readonly FieldIssue[] =>
  grants.some((grant) => grant.categories?.some((id) => categories.every((each) => each.id !== id)))
    ? [{ path: 'grants', code: 'unknown-option' }]
    : [];

/** A grant that is over as it is given would be a slip of the year. */
const endProblems = ({ system }: Pick<InviteDeps, 'system'>, grants: readonly RoleGrant[]): readonly FieldIssue[] =>
  grants.some((grant) => hasEnded(grant, system.now())) ? [doesNotFit('endsAt', unfit('grant-over'))] : [];

type ChangeRolesDeps = InviteDeps & Needs<'accounts' | 'issuer' | 'registry' | 'writeIfUnchanged'>;

/**
 * What another member may do from their next request on. A member changes nothing of their own, so that an event is never left without an
 * owner, and the caller is one still when it is written. What two people give goes the way of an invitation to the member's mailbox.
 */
export const changeRoles =
  (deps: ChangeRolesDeps): Permitted<typeof ROLE_ROUTES.changeRoles> =>
  async ({ params: { eventId, memberId }, body: { grants, revision, email, reason }, language }, caller) => {
    const to = email === undefined ? undefined : addressOf(email);
    if (memberId === caller.id) throw new ProblemError('own-role');
    const event = await definitionOf(deps, eventId, language);
    const members = await deps.roles.list(eventId);
    const [target, by] = [memberId, caller.id].map((wanted) => members.find(({ id }) => id === wanted));
    if (target === undefined) throw new ProblemError('not-found');
    if (by === undefined || !holdsAny(by.grants, ['manage-team'])) throw new ProblemError('not-permitted');
    if (target.revision !== revision) throw new ProblemError('out-of-date');
    const issues = [...reachProblems(event, grants), ...endProblems(deps, grants)];
    const change = changeOf(target.grants, mergeGrants([], grants));
    if ('code' in change || issues.length > 0) throw new InvalidInputError('code' in change ? [change] : issues);
    const { atOnce, proposed, prolongs } = change;
    if (atOnce.length === 0) throw new InvalidInputError([doesNotFit('grants', unfit('grant-nothing-left'))]);
    const losesOwner = isLastingOwner(target.grants) && !isLastingOwner(atOnce);
    const keeper = losesOwner ? lastingOwner(members, memberId) : by;
    if (keeper === undefined) throw new InvalidInputError([doesNotFit('grants', unfit('grant-no-owner'))]);
    const { label } = target;
    const offered = {
      ...{ grants: proposed, prolongs, label, reason, language: target.language ?? language },
      email: to ?? target.email,
    };
    const { invitation } = proposed.length === 0 ? {} : await invitationOf(deps, event, caller, offered, members);
    const after = { ...target, grants: atOnce, ended: undefined, revision: revision + 1 };
    const news = atOnce.filter((grant) => !target.grants.some(({ role }) => role === grant.role));
    const isDone = await deps.writeIfUnchanged([
      ...putMember(deps.registry, eventId, target, after),
      checkMember(deps.registry, eventId, by),
      ...(keeper.id === by.id ? [] : [checkMember(deps.registry, eventId, keeper)]),
      audited(deps, event, caller, 'change-roles', memberId, { grants: atOnce, label }),
      ...tellOfGrant(deps, event, after, { grants: news }, members),
      ...(invitation
        ? [
            putRoleInvitation(deps.registry, invitation),
            audited(deps, event, caller, 'invite-member', invitation.id, { grants: proposed, label }),
          ]
        : []),
    ]);
    if (!isDone) throw new ProblemError('out-of-date');
    return rolesReply(deps, event, caller);
  };

function addressOf(typed: string): string {
  const checked = parseEmailAddress(typed);
  if ('issue' in checked) throw new InvalidInputError([{ path: 'email', ...checked.issue }]);
  return checked.value;
}

type AcceptRoleInvitationDeps = Needs<
  'accounts' | 'auditTable' | 'events' | 'invitations' | 'issuer' | 'outboxTable' | 'roles' | 'system'
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

/** The holder of the token, signed in, takes the roles on, whatever their provider knows of them; but for the owner who made it. */
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
    if (member === 'own') throw new ProblemError('own-role');
    if (member === 'no') throw new ProblemError('role-invitation-not-valid');
    return json(200, { eventId, grants: shownGrants(member.grants) });
  };
