import * as z from 'zod';
import { BODY_LIMIT } from '../../limits.ts';
import { report, reportList, reportStep } from '../../organiser/reports.ts';
import { defineRoutes } from '../../route.ts';
import { eventParams, languageQuery, UNREADABLE } from '../parts.ts';

const REPORTS = '/api/organiser/events/{eventId}/reports';
const reportParams = eventParams.extend({ reference: z.string() });

/** What those who look after children do; only whoever was vetted until the event's end. Every look is noted. */
export const SAFEGUARDING_ROUTES = defineRoutes({
  listReports: {
    method: 'GET',
    path: REPORTS,
    function: 'care',
    kind: 'json',
    auth: 'organiser',
    roles: ['safeguarding'],
    summary: 'The reports that arrived, newest first, without what they say',
    params: eventParams,
    query: languageQuery,
    output: { 200: reportList },
    errors: ['not-permitted', 'not-vetted', 'unknown-event'],
  },
  readReport: {
    method: 'GET',
    path: `${REPORTS}/{reference}`,
    function: 'care',
    kind: 'json',
    auth: 'organiser',
    roles: ['safeguarding'],
    summary: 'One report, and what was done about it',
    params: reportParams,
    query: languageQuery,
    output: { 200: report },
    errors: ['not-permitted', 'not-vetted', 'unknown-event', 'not-found'],
  },
  stepReport: {
    method: 'POST',
    path: `${REPORTS}/{reference}/steps`,
    function: 'care',
    kind: 'json',
    auth: 'organiser',
    roles: ['safeguarding'],
    summary: 'Note that a report was looked at or handled, and what was done',
    params: reportParams,
    query: languageQuery,
    body: reportStep,
    bodyFormat: 'json',
    bodyLimit: BODY_LIMIT.json,
    output: { 200: report },
    errors: ['not-permitted', 'not-vetted', 'unknown-event', 'not-found', 'out-of-date', ...UNREADABLE, 'busy'],
  },
});
