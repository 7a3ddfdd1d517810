import { eventParams, hash, jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import {
  eventRoles,
  madeRoleInvitation,
  myRoles,
  newRoleInvitation,
  proposedRoleInvitation,
  redemption,
} from './organiser-role.schema.ts';

/** Who runs an event, by which roles. */
export const ROLE_ROUTES = defineRoutes({
  getMyRoles: {
    ...teamApi('organiser'),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/me',
    roles: 'signed-in',
    summary: "The caller's own roles in an event",
    output: { 200: myRoles },
    errors: [],
  },
  redeemRoleInvitation: {
    ...teamApi('organiser'),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/roles/redeem',
    roles: 'signed-in',
    summary: 'Take on the roles that an invitation offers; it can be used once',
    ...jsonBody(redemption),
    output: { 200: myRoles },
    errors: ['role-invitation-not-valid', 'role-opens-later', ...UNREADABLE],
  },
  listRoles: {
    ...teamApi('organiser'),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/roles',
    roles: ['organiser', 'safeguarding', 'care'],
    summary:
      'Everyone who runs an event, who is invited to, and who waits for whom; to others than organisers what takes two',
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event'],
  },
  revokeRoles: {
    ...teamApi('organiser'),
    method: 'DELETE',
    path: '/api/organiser/events/{eventId}/roles/{memberId}',
    roles: ['organiser', 'safeguarding'],
    summary:
      "Take all of someone's roles back, for their very next request; those of safeguarding once a vetted second person does so",
    params: eventParams.extend({ memberId: hash }),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'own-role', 'invalid-input'],
  },
  inviteToRoles: {
    ...teamApi('organiser'),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/role-invitations',
    roles: ['organiser'],
    summary: 'Invite someone into roles, by a link to hand over or by mail; propose it where it takes a second person',
    ...jsonBody(newRoleInvitation),
    output: { 201: madeRoleInvitation, 202: proposedRoleInvitation },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  acceptRoleInvitation: {
    ...teamApi('organiser'),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/role-invitations/{invitationId}/acceptance',
    roles: ['organiser', 'safeguarding', 'care'],
    summary: 'Stand as the second person for an invitation that another member proposed',
    params: eventParams.extend({ invitationId: hash }),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'not-second-person', 'invalid-input'],
  },
  withdrawRoleInvitation: {
    ...teamApi('organiser'),
    method: 'DELETE',
    path: '/api/organiser/events/{eventId}/role-invitations/{invitationId}',
    roles: ['organiser'],
    summary: 'Withdraw an invitation that was not used yet: who is left',
    params: eventParams.extend({ invitationId: hash }),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'invalid-input'],
  },
});
