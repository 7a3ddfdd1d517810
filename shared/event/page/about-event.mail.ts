import type { Needs } from '../../kernel/parts.store.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import type { EventMessageKind, OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';

type Deps = Needs<'events' | 'siteUrl'>;

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
