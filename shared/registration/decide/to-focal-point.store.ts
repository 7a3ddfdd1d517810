import type { EventDefinition } from '../../event/event.ts';
import type { System } from '../../kernel/system.store.ts';
import type { FocalPointKind } from '../../mail/kinds.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';

/** Mail that there is something to do, and nothing of what it says; none where an event has no safeguarding focal point. */
export function toFocalPoint(
  system: System,
  { id: eventId, safeguarding, languages }: EventDefinition<string>,
  kind: FocalPointKind,
  reference: string,
): readonly OutboxMessage[] {
  if (safeguarding === undefined) return [];
  const { email } = safeguarding;
  return [newMessage(system, kind, { eventId, reference, email, language: languages[0] ?? 'en' })];
}
