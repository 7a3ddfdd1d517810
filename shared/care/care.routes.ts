import * as z from 'zod';
import { eventParams, languageQuery, UNREADABLE } from '../kernel/http/parts.schema.ts';
import { BODY_LIMIT } from '../kernel/limits.ts';
import { defineRoutes } from '../kernel/route.ts';
import { arrangedNeed, arrangement, needCounts, needList } from './care.schema.ts';

const CARE = '/api/organiser/events/{eventId}/care';
const ERRORS = ['not-permitted', 'unknown-event'] as const;

/** What people need, for those who arrange it and for nobody else: not even organisers. */
export const CARE_ROUTES = defineRoutes({
  countNeeds: {
    method: 'GET',
    path: `${CARE}/counts`,
    function: 'care',
    kind: 'json',
    auth: 'organiser',
    roles: ['care'],
    summary: 'How many of those who come chose what on which day, for whoever cooks; nobody’s name',
    params: eventParams,
    query: languageQuery,
    output: { 200: needCounts },
    errors: ERRORS,
  },
  exportNeedCounts: {
    method: 'GET',
    path: `${CARE}/counts.csv`,
    function: 'care',
    kind: 'csv',
    auth: 'organiser',
    roles: ['care'],
    summary: 'The same as a table (UTF-8)',
    params: eventParams,
    query: languageQuery,
    errors: ERRORS,
  },
  listNeeds: {
    method: 'GET',
    path: `${CARE}/needs`,
    function: 'care',
    kind: 'json',
    auth: 'organiser',
    roles: ['care'],
    summary: 'What is to be arranged for whom; people under 18 only for whoever was vetted. Each look is noted',
    params: eventParams,
    query: languageQuery,
    output: { 200: needList },
    errors: ERRORS,
  },
  arrangeNeed: {
    method: 'POST',
    path: `${CARE}/needs/{reference}/arranged`,
    function: 'care',
    kind: 'json',
    auth: 'organiser',
    roles: ['care'],
    summary: 'Tick as arranged what was looked at, or take the tick back; twice succeeds twice',
    params: eventParams.extend({ reference: z.string() }),
    query: languageQuery,
    body: arrangement,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 200: arrangedNeed },
    errors: [...ERRORS, 'not-found', 'out-of-date', ...UNREADABLE],
  },
});
