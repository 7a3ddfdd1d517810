import type { EventDefinition } from '../../event/event.ts';
import { eventEnd } from '../../event/event-times.ts';
import type { Registration } from '../registration.schema.ts';

/** Milliseconds for which a cancellation can be undone. */
const UNDO_TIME = 24 * 60 * 60 * 1000;

/** Until when a cancelled registration can be taken up again; never once the event is over. */
export function undoEnd({ changedAt }: Pick<Registration, 'changedAt'>, event: EventDefinition<string>): Date {
  return new Date(Math.min(Date.parse(changedAt) + UNDO_TIME, eventEnd(event).getTime()));
}

/** Of a minor nothing is left to take up again. */
export const mayUndo = (registration: Registration, event: EventDefinition<string>, now: Date): boolean =>
  registration.status === 'cancelled' && registration.ageBand !== 'minor' && now < undoEnd(registration, event);
