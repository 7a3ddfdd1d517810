import { eventParams, hash, jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { invitationCodes, madeInvitationCode, newInvitationCode } from './invitation-codes.schema.ts';

const INVITATIONS = '/api/organiser/events/{eventId}/invitations';

/** Codes with which people register without waiting for approval. */
export const INVITATION_CODE_ROUTES = defineRoutes({
  listInvitations: {
    ...teamApi('organiser', ['add-people']),
    method: 'GET',
    path: INVITATIONS,
    summary: 'Every invitation code by its label, never the code itself, and how often each was used',
    output: { 200: invitationCodes },
    errors: ['not-permitted'],
  },
  makeInvitation: {
    ...teamApi('organiser', ['add-people']),
    method: 'POST',
    path: INVITATIONS,
    summary: 'A new invitation code, shown once',
    ...jsonBody(newInvitationCode),
    output: { 201: madeInvitationCode },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  revokeInvitation: {
    ...teamApi('organiser', ['add-people']),
    method: 'POST',
    path: `${INVITATIONS}/{invitationId}/revoke`,
    summary: 'Let nobody register with a code any more; who did stays registered',
    params: eventParams.extend({ invitationId: hash }),
    output: { 200: invitationCodes },
    errors: ['not-permitted', 'unknown-event', 'not-found', 'invalid-input'],
  },
});
