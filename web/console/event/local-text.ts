import type { AnswerOf } from '../kernel/routes.ts';
import { LANGUAGE } from '../words.ts';

export type ProgrammeAnswer = AnswerOf<'GET /api/organiser/events/{eventId}/programme'>;
export type SessionAnswer = ProgrammeAnswer['sessions'][number];

/** A text as the member reads it: in their language, else in the event's first. */
export const textIn = ({ languages }: ProgrammeAnswer, text: Readonly<Record<string, string>> | undefined): string =>
  text?.[LANGUAGE] ?? text?.[languages[0] ?? ''] ?? '';
