import { teamApi } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { mailReleased, mailStatus, systemStatus } from './mail-account.schema.ts';

export const MAIL_ROUTES = defineRoutes({
  getMailStatus: {
    ...teamApi('organiser', ['write-to-many']),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/mail',
    summary: 'Whether mail leaves: the SES account, its sandbox and quota, and how much waits, of all events',
    output: { 200: mailStatus },
    errors: ['not-permitted'],
  },
  releaseMail: {
    ...teamApi('organiser', ['manage-team']),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/mail/release',
    summary: 'Let mail leave that is held since a restore, of all events; where it leaves already, nothing changes',
    output: { 200: mailReleased },
    errors: ['not-permitted', 'unknown-event'],
  },
  getSystemStatus: {
    ...teamApi('organiser', ['manage-team']),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/system',
    summary: 'What the event has cost so far, as an estimate, and whether what is stored can be brought back',
    output: { 200: systemStatus },
    errors: ['not-permitted'],
  },
});
