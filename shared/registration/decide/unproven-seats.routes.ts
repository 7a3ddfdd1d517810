import { eventParams, languageQuery, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT } from '../../kernel/limits.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { seatRelease, seatsReleased, unprovenSeats } from './unproven-seats.schema.ts';

const PATH = '/api/organiser/events/{eventId}/unproven-seats';

/** Seats that nobody has said are theirs. */
export const UNPROVEN_SEAT_ROUTES = defineRoutes({
  listUnprovenSeats: {
    method: 'GET',
    path: PATH,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Seats that nobody has proven: how many, and which may give way to proven people who wait',
    params: eventParams,
    query: languageQuery,
    output: { 200: unprovenSeats },
    errors: ['not-permitted', 'unknown-event'],
  },
  releaseUnprovenSeats: {
    method: 'POST',
    path: PATH,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Release unproven seats, within seconds: who is proven meanwhile keeps theirs; twice is a success twice',
    params: eventParams,
    query: languageQuery,
    body: seatRelease,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 202: seatsReleased },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
});
