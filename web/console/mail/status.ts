import type { AnswerOf } from '../kernel/api/routes.ts';

export type MailStatus = AnswerOf<'GET /api/organiser/events/{eventId}/mail'>;
export type Account = NonNullable<MailStatus['account']>;
