import { eventParams, hash, jsonBody, signedInApi, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import {
  changedRoles,
  eventRoles,
  madeRoleInvitation,
  myRoles,
  newRoleInvitation,
  ownEvents,
  proposedRoleInvitation,
  redemption,
} from './organiser-role.schema.ts';

/** Who runs an event, by which roles. */
export const ROLE_ROUTES = defineRoutes({
  listOwnEvents: {
    ...signedInApi('team'),
    method: 'GET',
    path: '/api/organiser/events',
    ticks: 'signed-in',
    summary: 'The events in which the caller has a role, and no others',
    output: { 200: ownEvents },
    errors: [],
  },
  getMyRoles: {
    ...teamApi('team', 'signed-in'),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/me',
    summary: "The caller's own roles in an event",
    output: { 200: myRoles },
    errors: [],
  },
  redeemRoleInvitation: {
    ...teamApi('team', 'signed-in'),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/roles/redeem',
    summary: 'Take on the roles that an invitation offers; it can be used once',
    ...jsonBody(redemption),
    output: { 200: myRoles },
    errors: ['role-invitation-not-valid', 'role-opens-later', 'own-role', ...UNREADABLE],
  },
  listRoles: {
    ...teamApi('team', ['manage-team', 'safeguarding', 'care']),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/roles',
    summary:
      'Everyone who runs an event, who is invited to, and who waits for whom; to others than organisers what takes two',
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event'],
  },
  revokeRoles: {
    ...teamApi('team', ['manage-team', 'safeguarding']),
    method: 'DELETE',
    path: '/api/organiser/events/{eventId}/roles/{memberId}',
    summary:
      "Take all of someone's roles back, for their very next request; those of safeguarding once a vetted second person does so",
    params: eventParams.extend({ memberId: hash }),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'own-role', 'invalid-input'],
  },
  changeRoles: {
    ...teamApi('team', ['manage-team']),
    method: 'PUT',
    path: '/api/organiser/events/{eventId}/roles/{memberId}',
    summary: 'Change what another member may do, for their very next request; what takes a second person is proposed',
    params: eventParams.extend({ memberId: hash }),
    ...jsonBody(changedRoles),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'own-role', 'not-found', 'out-of-date', ...UNREADABLE],
  },
  inviteToRoles: {
    ...teamApi('team', ['manage-team']),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/role-invitations',
    summary: 'Invite someone into roles, by a link to hand over or by mail; propose it where it takes a second person',
    ...jsonBody(newRoleInvitation),
    output: { 201: madeRoleInvitation, 202: proposedRoleInvitation },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  acceptRoleInvitation: {
    ...teamApi('team', ['manage-team', 'safeguarding', 'care']),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/role-invitations/{invitationId}/acceptance',
    summary: 'Stand as the second person for an invitation that another member proposed',
    params: eventParams.extend({ invitationId: hash }),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'not-second-person', 'invalid-input'],
  },
  withdrawRoleInvitation: {
    ...teamApi('team', ['manage-team']),
    method: 'DELETE',
    path: '/api/organiser/events/{eventId}/role-invitations/{invitationId}',
    summary: 'Withdraw an invitation that was not used yet: who is left',
    params: eventParams.extend({ invitationId: hash }),
    output: { 200: eventRoles },
    errors: ['not-permitted', 'unknown-event', 'invalid-input'],
  },
});
