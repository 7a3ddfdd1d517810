import type { EventDefinition } from '../../event/event.ts';
import { eventEnd } from '../../event/event-times.ts';
import type { Registration } from '../registration.schema.ts';

/** Milliseconds for which a cancellation can be undone. */
const UNDO_TIME = 24 * 60 * 60 * 1000;

/** Until when a cancelled registration can be taken up again; never once the event is over, which a postponed one is not. */
export function undoEnd(
  { changedAt }: Pick<Registration, 'changedAt'>,
  event: Pick<EventDefinition<unknown>, 'days' | 'status' | 'timeZone'>,
): Date {
  const end = Date.parse(changedAt) + UNDO_TIME;
  return new Date(event.status === 'postponed' ? end : Math.min(end, eventEnd(event).getTime()));
}

/** Of a minor nothing is left to take up again. */
export const mayUndo = (registration: Registration, event: EventDefinition<string>, now: Date): boolean =>
  registration.status === 'cancelled' && registration.ageBand !== 'minor' && now < undoEnd(registration, event);
