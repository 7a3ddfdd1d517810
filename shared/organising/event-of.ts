import { ProblemError } from '../kernel/errors.ts';
import type { EventStore } from '../store/event-store.ts';
import type { LocalisedEvent } from '../store/localised-event.ts';

/** @throws ProblemError `unknown-event` */
export async function eventOf(
  { events }: { readonly events: EventStore },
  eventId: string,
  language: string,
): Promise<LocalisedEvent> {
  const found = await events.readEvent(eventId, language);
  if (found === undefined) throw new ProblemError('unknown-event');
  return found;
}
