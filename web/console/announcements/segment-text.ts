import type { PublicEvent } from '../desk.ts';
import type { AnswerOf } from '../kernel/routes.ts';
import { categoryName, titleIn } from '../names.ts';
import { t } from '../words.ts';

type Summary = AnswerOf<'GET /api/organiser/events/{eventId}/messages'>['messages'][number];

/** In words: whom a message is for. */
export function segmentText(
  event: PublicEvent,
  { statuses = [], categories = [], modes = [], sessions = [], attending }: Summary['segment'],
): string {
  const parts = [
    attending ? [t('messages.attending')] : [],
    statuses.map((each) => t(`status.${each}`)),
    categories.map((each) => categoryName(event, each)),
    modes.map((each) => titleIn(event.modes, each)),
    sessions.map((each) => titleIn(event.sessions, each)),
  ].filter((part) => part.length > 0);
  return parts.length === 0 ? t('messages.anyone') : parts.map((part) => part.join(', ')).join('; ');
}

/** What a message is called: its subject, or what kind of mail it is. */
export const titleOf = ({ subject, kind }: Pick<Summary, 'subject' | 'kind'>): string =>
  subject ?? t(`messages.kind.${kind}`);
