import type { AnswerOf } from '../kernel/api/routes.ts';

/** A mail about someone. */
export type Mail = AnswerOf<'GET /api/organiser/events/{eventId}/registrations/{reference}/mail'>['messages'][number];

/** What became of it, for the eye. */
export type Sort = 'waits' | 'left' | 'arrived' | 'returned' | 'unwanted' | 'not-sent';
