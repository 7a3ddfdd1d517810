import * as z from 'zod';
import { eventParams, jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../../kernel/route.ts';
import {
  capacity,
  eventState,
  newEventStatus,
  newRegistrationWindow,
  newSession,
  newVersion,
  programme,
  quotaStates,
} from './programme.schema.ts';

const EVENT = '/api/organiser/events/{eventId}';
const CHANGE_ERRORS = ['not-permitted', 'unknown-event', 'definition-changed', ...UNREADABLE] as const;

/** What organisers change of an event's definition, each change on the version that they looked at. */
export const PROGRAMME_ROUTES = defineRoutes({
  getQuotas: {
    ...teamApi('organiser', ['seats']),
    method: 'GET',
    path: `${EVENT}/quotas`,
    summary: 'How many seats of each quota are taken and waited for',
    output: { 200: quotaStates },
    errors: ['not-permitted', 'unknown-event'],
  },
  changeCapacity: {
    ...teamApi('organiser', ['seats']),
    method: 'PUT',
    path: `${EVENT}/quotas/{quotaId}`,
    summary: 'Change how many seats a quota has: who waits moves up, and nobody loses a seat',
    params: eventParams.extend({ quotaId: z.string() }),
    ...jsonBody(capacity),
    output: { 200: quotaStates },
    errors: [...CHANGE_ERRORS, 'not-found'],
  },
  getProgramme: {
    ...teamApi('organiser', ['edit-event', 'run-check-in']),
    method: 'GET',
    path: `${EVENT}/programme`,
    summary: 'When registration is open, and the sessions, in all languages of the event',
    output: { 200: programme },
    errors: ['not-permitted', 'unknown-event'],
  },
  changeRegistrationWindow: {
    ...teamApi('organiser', ['edit-event']),
    method: 'PUT',
    path: `${EVENT}/registration-window`,
    summary: 'Open or close registration, now or at a time',
    ...jsonBody(newRegistrationWindow),
    output: { 200: newVersion },
    errors: CHANGE_ERRORS,
  },
  getEventStatus: {
    ...teamApi('organiser', ['edit-event']),
    method: 'GET',
    path: `${EVENT}/status`,
    summary: 'What became of the event, and how many are mailed where that changes',
    output: { 200: eventState },
    errors: ['not-permitted', 'unknown-event'],
  },
  changeEventStatus: {
    ...teamApi('organiser', ['close-event']),
    method: 'PUT',
    path: `${EVENT}/status`,
    summary:
      'Postpone the event, cancel it, move it online, put it on other dates, or have it take place: everyone who is registered is mailed',
    ...jsonBody(newEventStatus),
    output: { 200: newVersion },
    errors: CHANGE_ERRORS,
  },
  changeSession: {
    ...teamApi('organiser', ['edit-event']),
    method: 'PUT',
    path: `${EVENT}/sessions/{sessionId}`,
    summary: 'Move a session, close it to sign-ups or to other groups, or add one under a new id',
    params: eventParams.extend({ sessionId: z.string() }),
    ...jsonBody(newSession, BODY_LIMIT.form),
    output: { 200: newVersion },
    errors: CHANGE_ERRORS,
  },
});
