import { ProblemError } from '../kernel/errors.ts';
import type { Obstacle } from '../mail/letter/letter.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
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

/** The event that a mail is about, in the mail's language. */
export async function eventOfMail(
  { events }: { readonly events: Pick<EventStore, 'readEvent'> },
  { eventId, language }: Pick<OutboxMessage, 'eventId' | 'language'>,
): Promise<LocalisedEvent | Obstacle> {
  return (await events.readEvent(eventId, language)) ?? { obstacle: 'event-gone' };
}
