import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import { madeUpReader } from './made-up-reader.ts';

type Deps = Needs<'events' | 'siteUrl'>;

/** What an organiser is about to send, to themselves: it is about nobody's registration. */
export async function aboutTest(deps: Deps, message: OutboxMessage): Promise<Told> {
  const { eventId, language: wanted, words, createdAt } = message;
  const localised = await deps.events.readEvent(eventId, wanted);
  if (localised === undefined) return { obstacle: 'event-gone' };
  if (words === undefined) return { obstacle: 'superseded' };
  const { event, language } = localised;
  const announcement = {
    eventId,
    id: message.id,
    kind: 'organiser-message' as const,
    segment: {},
    createdAt,
    words: { [language]: words },
  };
  return { message: renderMessage('message-test', madeUpReader(event, language, announcement, deps.siteUrl)), event };
}
