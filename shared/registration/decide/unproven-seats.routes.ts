import { jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { seatRelease, seatsReleased, unprovenSeats } from './unproven-seats.schema.ts';

const PATH = '/api/organiser/events/{eventId}/unproven-seats';

/** Seats that nobody has said are theirs. */
export const UNPROVEN_SEAT_ROUTES = defineRoutes({
  listUnprovenSeats: {
    ...teamApi('organiser', ['seats']),
    method: 'GET',
    path: PATH,
    summary: 'Seats that nobody has proven: how many, and which may give way to proven people who wait',
    output: { 200: unprovenSeats },
    errors: ['not-permitted', 'unknown-event'],
  },
  releaseUnprovenSeats: {
    ...teamApi('organiser', ['seats']),
    method: 'POST',
    path: PATH,
    summary: 'Release unproven seats, within seconds: who is proven meanwhile keeps theirs; twice is a success twice',
    ...jsonBody(seatRelease),
    output: { 202: seatsReleased },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
});
