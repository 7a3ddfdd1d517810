import * as z from 'zod';
import { eventParams, jsonBody, teamApi, teamTable, UNREADABLE } from '../kernel/http/parts.schema.ts';
import { defineRoutes } from '../kernel/route.ts';
import { arrangedNeed, arrangement, needCounts, needList } from './care.schema.ts';

const CARE = '/api/organiser/events/{eventId}/care';
const ERRORS = ['not-permitted', 'unknown-event'] as const;

/** What people need, for those who arrange it and for nobody else: not even organisers. */
export const CARE_ROUTES = defineRoutes({
  countNeeds: {
    ...teamApi('care', ['care']),
    method: 'GET',
    path: `${CARE}/counts`,
    summary: 'How many of those who come chose what on which day, for the kitchen; nobody’s name',
    output: { 200: needCounts },
    errors: ERRORS,
  },
  exportNeedCounts: {
    ...teamTable('care', ['care']),
    method: 'GET',
    path: `${CARE}/counts.csv`,
    summary: 'The same as a table (UTF-8)',
    errors: ERRORS,
  },
  listNeeds: {
    ...teamApi('care', ['care']),
    method: 'GET',
    path: `${CARE}/needs`,
    summary: 'What is to be arranged for whom; people under 18 only for vetted members. Each look is noted',
    output: { 200: needList },
    errors: ERRORS,
  },
  arrangeNeed: {
    ...teamApi('care', ['care']),
    method: 'POST',
    path: `${CARE}/needs/{reference}/arranged`,
    summary: 'Tick as arranged what was looked at, or take the tick back; twice succeeds twice',
    params: eventParams.extend({ reference: z.string() }),
    ...jsonBody(arrangement),
    output: { 200: arrangedNeed },
    errors: [...ERRORS, 'not-found', 'out-of-date', ...UNREADABLE],
  },
});
