import * as z from 'zod';
import { delegationStart, pressedOnPerson } from '../delegation.ts';
import { BODY_LIMIT } from '../limits.ts';
import { defineRoutes } from '../route.ts';
import { formFields } from '../submission.ts';
import { eventParams, languageQuery, linkParams, UNREADABLE } from './parts.ts';

const WINDOW = ['registration-closed', 'registration-not-open'] as const;
/** What kept a press from being done, because something else was done first. */
const STALE = ['changed-meanwhile', 'not-cancellable', 'not-undoable', 'registered-anew', 'not-substitutable'] as const;

const memberParams = linkParams.extend({ member: z.string() });

/** What the coordinator of a delegation does: has a link mailed, and registers people with it. */
export const DELEGATION_ROUTES = defineRoutes({
  showDelegationStart: {
    method: 'GET',
    path: '/e/{eventId}/delegation',
    function: 'delegation',
    kind: 'page',
    auth: 'public',
    summary: 'Register a delegation: asks for the coordinator’s address, or says what to do next',
    params: eventParams,
    query: languageQuery.extend({ sent: z.string().optional() }),
    errors: ['unknown-event', ...WINDOW],
  },
  postDelegationStart: {
    method: 'POST',
    path: '/e/{eventId}/delegation',
    function: 'delegation',
    kind: 'page',
    auth: 'public',
    summary: 'Mail a coordinator the link of their delegation: 303 back to the page, or 422 with the form again',
    params: eventParams,
    query: languageQuery,
    body: delegationStart,
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    statuses: [303],
    errors: ['unknown-event', ...WINDOW, 'proof-needed', ...UNREADABLE, 'busy'],
  },
  getDelegationTable: {
    method: 'GET',
    path: '/e/{eventId}/delegation/table',
    function: 'delegation',
    kind: 'csv',
    auth: 'public',
    summary: 'A table to fill in: the names of its columns, in the language of the reader',
    params: eventParams,
    query: languageQuery,
    errors: ['unknown-event'],
  },
  showDelegation: {
    method: 'GET',
    path: '/d/{token}',
    function: 'delegation',
    kind: 'page',
    auth: 'coordinator',
    summary: 'The people of a delegation, and where each of them stands',
    params: linkParams,
    query: languageQuery.extend({ done: z.string().optional() }),
    errors: ['link-not-valid'],
  },
  showPeople: {
    method: 'GET',
    path: '/d/{token}/people',
    function: 'delegation',
    kind: 'page',
    auth: 'coordinator',
    summary: 'The form that adds people to a delegation',
    params: linkParams,
    query: languageQuery,
    errors: ['link-not-valid', ...WINDOW],
  },
  postPeople: {
    method: 'POST',
    path: '/d/{token}/people',
    function: 'delegation',
    kind: 'page',
    auth: 'coordinator',
    summary:
      'Add people: 303 to the delegation once everyone is registered; 200 with more rows or a table to look through; 422 with what has to change',
    params: linkParams,
    query: languageQuery,
    body: formFields,
    bodyFormat: 'upload',
    bodyLimit: BODY_LIMIT.upload,
    statuses: [200, 303],
    errors: ['link-not-valid', ...WINDOW, ...UNREADABLE, 'busy'],
  },
  showPerson: {
    method: 'GET',
    path: '/d/{token}/people/{member}',
    function: 'delegation',
    kind: 'page',
    auth: 'coordinator',
    summary:
      'One person of a delegation, and what the coordinator may do about them; 303 to whoever came in their place',
    params: memberParams,
    query: languageQuery.extend({ done: z.string().optional() }),
    statuses: [200, 303],
    errors: ['link-not-valid', 'not-found'],
  },
  postPerson: {
    method: 'POST',
    path: '/d/{token}/people/{member}',
    function: 'delegation',
    kind: 'page',
    auth: 'coordinator',
    summary: 'Send again, cancel or undo: 303 back to the page, or 409 with the page where something else came first',
    params: memberParams,
    query: languageQuery,
    body: pressedOnPerson,
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    statuses: [303],
    errors: ['link-not-valid', 'not-found', ...STALE, ...UNREADABLE, 'busy'],
  },
  showSubstitute: {
    method: 'GET',
    path: '/d/{token}/people/{member}/substitute',
    function: 'delegation',
    kind: 'page',
    auth: 'coordinator',
    summary: 'Asks who comes in the place of one person; 303 to their page where nobody can',
    params: memberParams,
    query: languageQuery,
    statuses: [200, 303],
    errors: ['link-not-valid', 'not-found'],
  },
  postSubstitute: {
    method: 'POST',
    path: '/d/{token}/people/{member}/substitute',
    function: 'delegation',
    kind: 'page',
    auth: 'coordinator',
    summary:
      'Let someone else come in a place: 303 to their page, 422 with the form again, 409 where something else came first',
    params: memberParams,
    query: languageQuery,
    body: formFields,
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    statuses: [303],
    errors: ['link-not-valid', 'not-found', ...STALE, ...UNREADABLE, 'busy'],
  },
});
