import { myRoles } from '../organiser-role.ts';
import { defineRoutes } from '../route.ts';
import { eventParams } from './parts.ts';

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
    output: { 200: myRoles },
    errors: [],
  },
});
