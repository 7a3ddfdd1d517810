import { teamApi } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { mailReleased, mailStatus, systemStatus } from './mail-account.schema.ts';

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
  releaseMail: {
    ...teamApi('organiser'),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/mail/release',
    ticks: ['manage-team'],
    summary: 'Let mail leave that is held since a restore, of all events; where it leaves already, nothing changes',
    output: { 200: mailReleased },
    errors: ['not-permitted', 'unknown-event'],
  },
  getSystemStatus: {
    ...teamApi('organiser'),
    method: 'GET',
    path: '/api/organiser/events/{eventId}/system',
    ticks: ['manage-team'],
    summary: 'What the event has cost so far, as an estimate, and whether what is stored can be brought back',
    output: { 200: systemStatus },
    errors: ['not-permitted'],
  },
});
