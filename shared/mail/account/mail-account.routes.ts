import { eventParams, languageQuery } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { mailStatus } from './mail-account.schema.ts';

export const MAIL_ROUTES = defineRoutes({
  getMailStatus: {
    method: 'GET',
    path: '/api/organiser/events/{eventId}/mail',
    function: 'organiser',
    kind: 'json',
    auth: 'organiser',
    roles: ['organiser'],
    summary: 'Whether mail leaves: the SES account, its sandbox and quota, and how much waits, of all events',
    params: eventParams,
    query: languageQuery,
    output: { 200: mailStatus },
    errors: ['not-permitted'],
  },
});
