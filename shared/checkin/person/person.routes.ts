import * as z from 'zod';
import { eventParams, languageQuery, shownOnly, teamApi, whyHeaders } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { pageOfOne } from './person.schema.ts';

/** The page of one person, but for what `Audit` has of them, which one function alone reads (IN2). */
export const PERSON_ROUTES = defineRoutes({
  showPersonPage: {
    ...teamApi('organiser', ['see-people', 'safeguarding']),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/registrations/{reference}/page',
    summary:
      'One registration; of an adult also what it said before changes, mail, where they came, notes, and whether they are greeted',
    params: eventParams.extend({ reference: z.string() }),
    query: languageQuery.extend(shownOnly.shape),
    headers: whyHeaders,
    output: { 200: pageOfOne },
    errors: ['not-permitted', 'why-needed', 'not-found', 'invalid-input'],
  },
});
