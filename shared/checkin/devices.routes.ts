import { bearerHeaders, jsonBody, UNREADABLE } from '../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../kernel/route.ts';
import { enrolledDevice, enrolment } from './device/device.schema.ts';
import { roster, rosterHeaders, rosterQuery, ticketKeys } from './roster/roster.schema.ts';
import { scanAnswers, scanBatch } from './scan/scans.schema.ts';
import { foundPeople, searchHeaders, searchQuery } from './search/search.schema.ts';

/** What may be wrong with a device's token. */
const DEVICE = ['device-unknown', 'device-revoked'] as const;

/** Why a desk may not search just now. */
const SEARCH = ['search-locked', 'search-ended', 'too-many-searches'] as const;

const DEVICE_API = { function: 'checkin', kind: 'json', auth: 'device' } as const;

/** Checking people in: what the phones at the doors call, and nothing else of theirs reaches anything else (AU7). */
export const CHECKIN_ROUTES = defineRoutes({
  getTicketKeys: {
    method: 'GET',
    path: '/api/ticket-keys',
    function: 'checkin',
    kind: 'json',
    auth: 'public',
    summary: 'The public keys that tickets are verified with, the one that signs today first: see docs/tickets.md',
    output: { 200: ticketKeys },
    errors: [],
  },
  enrolDevice: {
    method: 'POST',
    path: '/api/checkin/devices',
    function: 'checkin',
    kind: 'json',
    auth: 'public',
    summary: 'Become a device with a code that an organiser shows: once, within ten minutes, again for the same phone',
    ...jsonBody(enrolment),
    output: { 200: enrolledDevice },
    errors: ['enrolment-not-valid', 'enrolment-expired', 'enrolment-taken', 'device-revoked', ...UNREADABLE],
  },
  postScans: {
    ...DEVICE_API,
    method: 'POST',
    path: '/api/checkin/scans',
    summary:
      'Bring in what was scanned, also once the device was shut out: one answer for each; sending it again changes nothing',
    headers: bearerHeaders,
    ...jsonBody(scanBatch, BODY_LIMIT.upload),
    output: { 200: scanAnswers },
    // Nobody answers `device-revoked` here any more; apps of before know what it says.
    errors: [...DEVICE, 'unknown-event', ...UNREADABLE],
  },
  searchPeople: {
    ...DEVICE_API,
    method: 'GET',
    path: '/api/checkin/search',
    summary:
      'Find people without a ticket in their hand, where the device may search: five minutes after the last search it is opened anew',
    headers: searchHeaders,
    query: searchQuery,
    output: { 200: foundPeople },
    errors: [...DEVICE, 'device-over', 'not-permitted', ...SEARCH, 'unknown-event', 'invalid-input'],
  },
});

/** What phones take over from the server. */
export const ROSTER_ROUTES = defineRoutes({
  getRoster: {
    ...DEVICE_API,
    method: 'GET',
    path: '/api/checkin/roster',
    summary: 'Lists, keys, revocations, sealed entries and check-ins of other devices: all, or what changed since',
    headers: rosterHeaders,
    query: rosterQuery,
    output: { 200: roster },
    errors: [...DEVICE, 'device-over', 'unknown-event', 'invalid-input'],
  },
});
