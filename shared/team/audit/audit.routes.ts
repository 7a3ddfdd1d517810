import * as z from 'zod';
import {
  eventParams,
  languageQuery,
  shownOnly,
  teamApi,
  teamTable,
  whyHeaders,
} from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { auditBefore, auditFilter, auditPage } from './audit.schema.ts';

const PATH = '/api/organiser/events/{eventId}/audit';

/** Who did, saw, exported and sent what: of the one function that may read it (IN2). */
export const AUDIT_ROUTES = defineRoutes({
  listAudit: {
    ...teamApi('audit', ['manage-team']),
    method: 'GET',
    path: PATH,
    summary: 'Who did, saw, exported or sent what and when, newest first, at most 50 at a time',
    query: languageQuery.extend({ ...auditFilter.shape, ...auditBefore.shape }),
    output: { 200: auditPage },
    errors: ['not-permitted', 'unknown-event', 'invalid-input'],
  },
  exportAudit: {
    ...teamTable('audit', ['manage-team']),
    method: 'GET',
    path: `${PATH}/entries.csv`,
    summary: 'The same as a table (UTF-8), of at most 5,000 entries',
    query: languageQuery.extend(auditFilter.shape),
    errors: ['not-permitted', 'unknown-event', 'export-too-large', 'invalid-input'],
  },
  listRegistrationAudit: {
    ...teamApi('audit', ['see-people', 'see-minors']),
    method: 'GET',
    path: `${PATH}/registrations/{reference}`,
    summary:
      'Who did what about a registration and when, newest first, at most 50 at a time; of needs and minors for those who look after them',
    params: eventParams.extend({ reference: z.string() }),
    headers: whyHeaders,
    query: languageQuery.extend({ ...auditBefore.shape, ...shownOnly.shape }),
    output: { 200: auditPage },
    errors: ['not-permitted', 'why-needed', 'not-found', 'invalid-input'],
  },
});
