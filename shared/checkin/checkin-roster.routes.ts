import { defineRoutes } from '../kernel/route.ts';
import { DEVICE } from './devices.routes.ts';
import { roster, rosterHeaders, rosterQuery } from './roster/roster.schema.ts';

/** What phones take over from the server. */
export const ROSTER_ROUTES = defineRoutes({
  getRoster: {
    method: 'GET',
    path: '/api/checkin/roster',
    function: 'checkin',
    kind: 'json',
    auth: 'device',
    summary: 'Lists, keys, revocations, sealed entries and check-ins of other devices: all, or what changed since',
    headers: rosterHeaders,
    query: rosterQuery,
    output: { 200: roster },
    errors: [...DEVICE, 'device-over', 'unknown-event', 'invalid-input'],
  },
});
