import type { EventMessageKind, OutboxMessage } from '../../shared/domain/message.ts';
import { eventLinks } from '../../shared/mail/event-links.ts';
import { renderMessage } from '../../shared/mail/message.ts';
import type { Deps } from './deps.ts';
import type { Told } from './told.ts';

/** Told when everything about a registration has been deleted, or there never was one: from the event alone. */
export async function aboutEvent(
  deps: Deps,
  kind: EventMessageKind,
  { eventId, reference, language: wanted }: OutboxMessage,
): Promise<Told> {
  const localised = await deps.events.readEvent(eventId, wanted);
  if (localised === undefined) return { obstacle: 'event-gone' };
  const { event, language } = localised;
  const links = eventLinks(deps, eventId, language);
  return { message: renderMessage(kind, { event, registration: { reference, language }, links }), event };
}
