import * as z from 'zod';
import { eventParams, jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { greetedList, greetedOne, greetingWords } from './greet.schema.ts';

const PATH = '/api/organiser/events/{eventId}/check-in/greet';
const oneParams = eventParams.extend({ reference: z.string() });

/** Whom protocol greets: for holders of its tick alone, whoever runs the event. */
export const GREET_ROUTES = defineRoutes({
  listGreeted: {
    ...teamApi('doors', ['greet']),
    method: 'GET',
    path: PATH,
    summary:
      'Whom protocol greets, who of them is here, by which list and since when, and phones that are silent; nobody once the event is over',
    output: { 200: greetedList },
    errors: ['not-permitted', 'unknown-event'],
  },
  greetPerson: {
    ...teamApi('doors', ['greet']),
    method: 'PUT',
    path: `${PATH}/{reference}`,
    summary: 'Put an adult who comes among the people to greet, or write another line; the same again changes nothing',
    params: oneParams,
    ...jsonBody(greetingWords),
    output: { 200: greetedOne },
    errors: ['not-permitted', 'not-found', 'not-amendable', ...UNREADABLE],
  },
  stopGreeting: {
    ...teamApi('doors', ['greet']),
    method: 'DELETE',
    path: `${PATH}/{reference}`,
    summary: 'Take an adult off the people to greet. Twice is a success twice',
    params: oneParams,
    output: { 200: greetedOne },
    errors: ['not-permitted', 'not-found', 'not-amendable'],
  },
});
