import { eventParams, hash, languageQuery, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT } from '../../kernel/limits.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { invitationCodes, madeInvitationCode, newInvitationCode } from './invitation-codes.schema.ts';

const INVITATIONS = '/api/organiser/events/{eventId}/invitations';

/** Codes with which people register without waiting for approval. */
export const INVITATION_CODE_ROUTES = defineRoutes({
  listInvitations: {
    method: 'GET',
    path: INVITATIONS,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Every invitation code by its label, never the code itself, and how often each was used',
    params: eventParams,
    query: languageQuery,
    output: { 200: invitationCodes },
    errors: ['not-permitted'],
  },
  makeInvitation: {
    method: 'POST',
    path: INVITATIONS,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'A new invitation code, shown once',
    params: eventParams,
    query: languageQuery,
    body: newInvitationCode,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 201: madeInvitationCode },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  revokeInvitation: {
    method: 'POST',
    path: `${INVITATIONS}/{invitationId}/revoke`,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Let nobody register with a code any more; who did stays registered',
    params: eventParams.extend({ invitationId: hash }),
    query: languageQuery,
    output: { 200: invitationCodes },
    errors: ['not-permitted', 'unknown-event', 'not-found', 'invalid-input'],
  },
});
