import { jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../../kernel/route.ts';
import { newVersion } from '../programme/programme.schema.ts';
import { authoredDefinition, checkedDefinition, deletedRehearsal, newCopy, newEvent } from './definition.schema.ts';

const DEFINITION = '/api/organiser/events/{eventId}/definition';
const CHANGE_ERRORS = ['not-permitted', 'unknown-event', 'definition-changed', ...UNREADABLE] as const;

/** The whole definition of an event, which its owners change without a file. */
export const DEFINITION_ROUTES = defineRoutes({
  getDefinition: {
    ...teamApi('organiser', ['define-event']),
    method: 'GET',
    path: DEFINITION,
    summary: 'The whole definition, as a file would say it',
    output: { 200: authoredDefinition },
    errors: ['not-permitted', 'unknown-event'],
  },
  checkDefinition: {
    ...teamApi('organiser', ['define-event']),
    method: 'POST',
    path: `${DEFINITION}/check`,
    summary: 'What is wrong with a definition, and what it would take from people to choose: nothing is written',
    ...jsonBody(authoredDefinition, BODY_LIMIT.definition),
    output: { 200: checkedDefinition },
    errors: CHANGE_ERRORS,
  },
  replaceDefinition: {
    ...teamApi('organiser', ['define-event']),
    method: 'PUT',
    path: DEFINITION,
    summary: 'Publish a definition in the place of the one that was looked at',
    ...jsonBody(authoredDefinition, BODY_LIMIT.definition),
    output: { 200: newVersion },
    errors: CHANGE_ERRORS,
  },
});

/** A new event from an old one, whose owner becomes its owner; and the end of one that was a rehearsal. */
export const COPY_ROUTES = defineRoutes({
  copyEvent: {
    ...teamApi('team', ['define-event']),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/copies',
    summary:
      'Make a new event from this one, with nobody in it but the caller, who owns it: with its registration closed, or open in a rehearsal',
    ...jsonBody(newCopy, BODY_LIMIT.form),
    output: { 201: newEvent },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  deleteRehearsal: {
    ...teamApi('team', ['define-event']),
    method: 'DELETE',
    path: '/api/organiser/events/{eventId}',
    summary:
      'Delete a rehearsal, with everyone and everything in it, for good: at once there is none, and none of its id for as long as it was kept',
    output: { 200: deletedRehearsal },
    errors: ['not-permitted', 'unknown-event', 'not-a-rehearsal'],
  },
});
