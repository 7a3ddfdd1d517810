import * as z from 'zod';
import {
  eventParams,
  formBody,
  formFields,
  LINK,
  languageQuery,
  linkPage,
  linkParams,
  publicPage,
  UNREADABLE,
  WINDOW,
} from '../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../kernel/route.ts';
import { delegationStart, pressedOnDelegation, pressedOnPerson } from './delegation.schema.ts';
import { MOST_TABLE_FIELDS } from './delegation.ts';

/** What kept a press from being done, because something else was done first. */
const STALE = ['changed-meanwhile', 'not-cancellable', 'not-undoable', 'registered-anew', 'not-substitutable'] as const;

const memberParams = linkParams.extend({ member: z.string() });

const COORDINATOR_PAGE = linkPage('delegation', 'coordinator');

/** What the coordinator of a delegation does: has a link mailed, and registers people with it. */
export const DELEGATION_ROUTES = defineRoutes({
  showDelegationStart: {
    ...publicPage('delegation'),
    method: 'GET',
    path: '/e/{eventId}/delegation',
    summary: 'Register a delegation: asks for the coordinator’s address, or says what to do next',
    query: languageQuery.extend({ sent: z.string().optional() }),
    errors: ['unknown-event'],
  },
  postDelegationStart: {
    ...publicPage('delegation'),
    method: 'POST',
    path: '/e/{eventId}/delegation',
    summary: 'Mail a coordinator the link of their delegation: 303 back to the page, or 422 with the form again',
    ...formBody(delegationStart),
    statuses: [303],
    errors: ['unknown-event', 'proof-needed', ...UNREADABLE],
  },
  getDelegationTable: {
    method: 'GET',
    path: '/e/{eventId}/delegation/table',
    function: 'delegation',
    kind: 'workbook',
    auth: 'public',
    summary: 'A table to fill in: the names of its columns, in the language of the reader',
    params: eventParams,
    query: languageQuery,
    errors: ['unknown-event'],
  },
  showDelegation: {
    ...COORDINATOR_PAGE,
    method: 'GET',
    path: '/d/{token}',
    summary: 'The people of a delegation, and where each of them stands',
    query: languageQuery.extend({ done: z.string().optional() }),
    errors: LINK,
  },
  showTickets: {
    ...COORDINATOR_PAGE,
    method: 'GET',
    path: '/d/{token}/tickets',
    summary: 'The tickets of those who are reached through the coordinator and come in person, to print',
    errors: LINK,
  },
  postDelegation: {
    ...COORDINATOR_PAGE,
    method: 'POST',
    path: '/d/{token}',
    summary:
      'Replace the link, mail a replaced one, or delete the list: 303 back to the page, or 200 once nothing is left',
    ...formBody(pressedOnDelegation),
    statuses: [200, 303],
    errors: [...LINK, 'changed-meanwhile', ...UNREADABLE],
  },
  showPeople: {
    ...COORDINATOR_PAGE,
    method: 'GET',
    path: '/d/{token}/people',
    summary: 'How people are added to a delegation: asks first, then the form for names or for a table',
    query: languageQuery.extend({ by: z.string().optional() }),
    errors: [...LINK, ...WINDOW],
  },
  postPeople: {
    ...COORDINATOR_PAGE,
    method: 'POST',
    path: '/d/{token}/people',
    summary:
      'Add people: 303 to the delegation once everyone is registered; 200 with more rows, or what is asked; 422 with what has to change',
    body: formFields,
    bodyFormat: 'upload',
    bodyLimit: BODY_LIMIT.fieldsOfUpload,
    mostFields: MOST_TABLE_FIELDS,
    statuses: [200, 303],
    errors: [...LINK, ...WINDOW, ...UNREADABLE, 'too-many-fields'],
  },
  showPerson: {
    ...COORDINATOR_PAGE,
    method: 'GET',
    path: '/d/{token}/people/{member}',
    summary:
      'One person of a delegation, and what the coordinator may do about them; 303 to the person who came in their place',
    params: memberParams,
    query: languageQuery.extend({ done: z.string().optional() }),
    statuses: [200, 303],
    errors: [...LINK, 'not-found'],
  },
  postPerson: {
    ...COORDINATOR_PAGE,
    method: 'POST',
    path: '/d/{token}/people/{member}',
    summary: 'Send again, cancel or undo: 303 back to the page, or 409 with the page where something else came first',
    params: memberParams,
    ...formBody(pressedOnPerson),
    statuses: [303],
    errors: [...LINK, 'not-found', ...STALE, ...UNREADABLE],
  },
  showSubstitute: {
    ...COORDINATOR_PAGE,
    method: 'GET',
    path: '/d/{token}/people/{member}/substitute',
    summary: 'Asks who comes in the place of one person; 303 to their page where nobody can',
    params: memberParams,
    statuses: [200, 303],
    errors: [...LINK, 'not-found'],
  },
  postSubstitute: {
    ...COORDINATOR_PAGE,
    method: 'POST',
    path: '/d/{token}/people/{member}/substitute',
    summary:
      'Let someone else come in a place: 303 to their page, 422 with the form again, 409 where something else came first',
    params: memberParams,
    ...formBody(formFields),
    statuses: [303],
    errors: [...LINK, 'not-found', ...STALE, ...UNREADABLE],
  },
});
