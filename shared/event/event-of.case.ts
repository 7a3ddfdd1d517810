import { ProblemError } from '../kernel/errors.ts';
import type { EventStore } from './event.store.ts';
import type { LocalisedEvent } from './localised-event.store.ts';

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
