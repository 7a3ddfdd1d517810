import * as z from 'zod';
import { BODY_LIMIT } from '../../limits.ts';
import {
  capacity,
  newRegistrationWindow,
  newSession,
  newVersion,
  programme,
  quotaStates,
} from '../../organiser/programme.ts';
import { defineRoutes } from '../../route.ts';
import { eventParams, languageQuery, UNREADABLE } from '../parts.ts';

const EVENT = '/api/organiser/events/{eventId}';
const CHANGE_ERRORS = ['not-permitted', 'unknown-event', 'definition-changed', ...UNREADABLE, 'busy'] as const;

/** What organisers change of an event's definition, each change on the version that they looked at. */
export const PROGRAMME_ROUTES = defineRoutes({
  getQuotas: {
    method: 'GET',
    path: `${EVENT}/quotas`,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'How many seats of each quota are taken and waited for',
    params: eventParams,
    query: languageQuery,
    output: { 200: quotaStates },
    errors: ['not-permitted', 'unknown-event', 'busy'],
  },
  changeCapacity: {
    method: 'PUT',
    path: `${EVENT}/quotas/{quotaId}`,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Change how many seats a quota has: who waits moves up, and nobody loses a seat',
    params: eventParams.extend({ quotaId: z.string() }),
    query: languageQuery,
    body: capacity,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 200: quotaStates },
    errors: [...CHANGE_ERRORS, 'not-found'],
  },
  getProgramme: {
    method: 'GET',
    path: `${EVENT}/programme`,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'When registration is open, and the sessions, in all languages of the event',
    params: eventParams,
    query: languageQuery,
    output: { 200: programme },
    errors: ['not-permitted', 'unknown-event'],
  },
  changeRegistrationWindow: {
    method: 'PUT',
    path: `${EVENT}/registration-window`,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Open or close registration, now or at a time',
    params: eventParams,
    query: languageQuery,
    body: newRegistrationWindow,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 200: newVersion },
    errors: CHANGE_ERRORS,
  },
  changeSession: {
    method: 'PUT',
    path: `${EVENT}/sessions/{sessionId}`,
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Move a session, close it to sign-ups or to other groups, or add one under a new id',
    params: eventParams.extend({ sessionId: z.string() }),
    query: languageQuery,
    body: newSession,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.form,
    output: { 200: newVersion },
    errors: CHANGE_ERRORS,
  },
});
