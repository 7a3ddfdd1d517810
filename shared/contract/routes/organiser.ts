import * as z from 'zod';
import { BODY_LIMIT } from '../limits.ts';
import { eventRoles, madeRoleInvitation, myRoles, newRoleInvitation, redemption } from '../organiser-role.ts';
import { defineRoutes } from '../route.ts';
import { INVITATION_CODE_ROUTES } from './organiser/invitation-codes.ts';
import { PROGRAMME_ROUTES } from './organiser/programme.ts';
import { ORGANISER_REGISTRATION_ROUTES } from './organiser/registrations.ts';
import { eventParams, languageQuery, UNREADABLE } from './parts.ts';

/** SHA-256, base64url: how members and invitations are named. */
const hash = z.string().regex(/^[\w-]{43}$/);

/** What those who run an event may do, each by the roles they hold in it. */
export const ORGANISER_ROUTES = defineRoutes({
  getMyRoles: {
    method: 'GET',
    path: '/api/organiser/events/{eventId}/me',
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: 'signed-in',
    summary: "The caller's own roles in an event",
    params: eventParams,
    query: languageQuery,
    output: { 200: myRoles },
    errors: [],
  },
  redeemRoleInvitation: {
    method: 'POST',
    path: '/api/organiser/events/{eventId}/roles/redeem',
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: 'signed-in',
    summary: 'Take on the roles that an invitation offers; it can be used once',
    params: eventParams,
    query: languageQuery,
    body: redemption,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 200: myRoles },
    errors: ['role-invitation-not-valid', ...UNREADABLE, 'busy'],
  },
  listRoles: {
    method: 'GET',
    path: '/api/organiser/events/{eventId}/roles',
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Everyone who runs an event, and who is invited to',
    params: eventParams,
    query: languageQuery,
    output: { 200: eventRoles },
    errors: ['not-permitted'],
  },
  revokeRoles: {
    method: 'DELETE',
    path: '/api/organiser/events/{eventId}/roles/{memberId}',
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: "Take all of someone's roles back, for their very next request: who is left",
    params: eventParams.extend({ memberId: hash }),
    query: languageQuery,
    output: { 200: eventRoles },
    errors: ['not-permitted', 'own-role', 'invalid-input'],
  },
  inviteToRoles: {
    method: 'POST',
    path: '/api/organiser/events/{eventId}/role-invitations',
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Invite someone into roles, by a link to hand over or by mail',
    params: eventParams,
    query: languageQuery,
    body: newRoleInvitation,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 201: madeRoleInvitation },
    errors: ['not-permitted', ...UNREADABLE, 'busy'],
  },
  withdrawRoleInvitation: {
    method: 'DELETE',
    path: '/api/organiser/events/{eventId}/role-invitations/{invitationId}',
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Withdraw an invitation that was not used yet: who is left',
    params: eventParams.extend({ invitationId: hash }),
    query: languageQuery,
    output: { 200: eventRoles },
    errors: ['not-permitted', 'invalid-input'],
  },
  ...ORGANISER_REGISTRATION_ROUTES,
  ...PROGRAMME_ROUTES,
  ...INVITATION_CODE_ROUTES,
});
