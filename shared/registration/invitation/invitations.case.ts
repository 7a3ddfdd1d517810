import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { HttpRequest } from '../../kernel/http/request.case.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { encodeCrockford } from '../../kernel/text/crockford.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { compareNames } from '../../kernel/text/text.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf } from '../../team/role/within-reach.case.ts';
import { hashCode } from '../hashes.store.ts';
import { invitationState } from './invitation.ts';
import type { INVITATION_CODE_ROUTES } from './invitation-codes.routes.ts';

type ListInvitationsDeps = Needs<'codes' | 'system'>;

export const listInvitations =
  (deps: ListInvitationsDeps): Permitted<typeof INVITATION_CODE_ROUTES.listInvitations> =>
  ({ params: { eventId } }) =>
    invitationsReply(deps, eventId);

async function invitationsReply(deps: ListInvitationsDeps, eventId: string): Promise<Reply> {
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

type Wanted = HttpRequest<typeof INVITATION_CODE_ROUTES.makeInvitation>['body'];

/** Characters of a code, five bits each: nobody guesses one in the time for which it is valid. */
const CODE_LENGTH = 12;
const CODE_BYTES = 8;

/** The code is told this once: what is kept of it opens nothing. */
export const makeInvitation =
  (
    deps: Needs<'auditTable' | 'codes' | 'events' | 'registrations' | 'secrets' | 'siteUrl' | 'system' | 'write'>,
  ): Permitted<typeof INVITATION_CODE_ROUTES.makeInvitation> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const bounds = check(event, body, deps.system.now());
    const code = encodeCrockford(deps.system.random(CODE_BYTES)).slice(0, CODE_LENGTH);
    const codeHash = await hashCode(deps.secrets, eventId, code);
    const invitation = { ...body, ...bounds, eventId, codeHash, used: 0, revoked: false };
    await deps.codes.add(invitation, retentionEnd(event), [audited(deps, event, caller, 'invite', codeHash)]);
    const displayed = [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join('-');
    return json(201, {
      id: codeHash,
      code: displayed,
      link: `${deps.siteUrl}/e/${eventId}/register?code=${displayed}`,
    });
  };

function check({ categories }: EventDefinition<string>, { email, category, validUntil }: Wanted, now: Date) {
  const issues: FieldIssue[] = [];
  const address = email === undefined ? undefined : parseEmailAddress(email);
  if (address && 'issue' in address) issues.push({ path: 'email', ...address.issue });
  if (category !== undefined && !categories.some(({ id }) => id === category)) {
    issues.push({ path: 'category', code: 'unknown-option' });
  }
  const until = new Date(validUntil);
  if (until.getTime() <= now.getTime()) issues.push({ path: 'validUntil', code: 'in-the-past' });
  if (issues.length > 0) throw new InvalidInputError(issues);
  return { validUntil: until.toISOString(), ...(address && 'value' in address && { email: address.value }) };
}

export const revokeInvitation =
  (
    deps: Needs<'auditTable' | 'codes' | 'events' | 'registrations' | 'system' | 'write'>,
  ): Permitted<typeof INVITATION_CODE_ROUTES.revokeInvitation> =>
  async ({ params: { eventId, invitationId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const also = [audited(deps, event, caller, 'revoke-invitation', invitationId)];
    if (!(await deps.codes.revoke(eventId, invitationId, also))) throw new ProblemError('not-found');
    return invitationsReply(deps, eventId);
  };
