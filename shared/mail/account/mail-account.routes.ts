import { teamApi } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { mailStatus } from './mail-account.schema.ts';

export const MAIL_ROUTES = defineRoutes({
  getMailStatus: {
    ...teamApi('organiser'),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/mail',
    ticks: ['write-to-many'],
    summary: 'Whether mail leaves: the SES account, its sandbox and quota, and how much waits, of all events',
    output: { 200: mailStatus },
    errors: ['not-permitted'],
  },
});
