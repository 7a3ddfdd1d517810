import { isLive } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { lastDay, registrationWindow } from '../../event/event-times.ts';
import { undoEnd } from '../../registration/cancel/undo.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { midnight } from '../attendance/minutes.ts';

/** People of an event whom protocol picks to greet. */
export const MOST_GREETED = 50;

/** Letters of the line that says why or how, as a reader counts them. */
export const LONGEST_GREETING = 140;

/**
 * How people to greet stand on a day; `not-today` are those who are not expected on it, and `no-place` those who have no place now and may get
 * it back.
 */
export const GREETED_STATES = ['came', 'not-yet', 'no-check-in', 'not-today', 'no-place'] as const;

/** The midnight that ends the last day, epoch milliseconds: on the day after the event nobody is told whom to greet. */
export const greetingEnd = (event: Pick<EventDefinition<unknown>, 'days' | 'timeZone'>): number =>
  midnight(lastDay(event), 1, event.timeZone);

type Standing = Pick<Registration, 'status' | 'ageBand' | 'changedAt'>;

/** Adults who hold a place. */
export const mayBeGreeted = ({ status, ageBand }: Omit<Standing, 'changedAt'>): boolean =>
  status === 'confirmed' && ageBand !== 'minor';

/**
 * Whether a person stays picked: as long as they hold a place, wait for one, or may get back the one that they had. Who cancels or is declined
 * by mistake, and comes back, is greeted as before.
 *
 * @param holders of the registration: another number is another person in their place
 */
export function staysPicked(
  { holders, ...of }: Standing & { readonly holders: number },
  picked: { readonly holders: number },
  event: EventDefinition<string>,
  now: Date,
): boolean {
  if (of.ageBand === 'minor' || holders !== picked.holders) return false;
  if (isLive(of)) return true;
  const isDeclined = of.status === 'declined';
  // A decline is taken back as long as registration is open; one of many, with its mail, also after that.
  if (isDeclined && registrationWindow(event, now) === 'open') return true;
  return (isDeclined || of.status === 'cancelled') && now < undoEnd(of, event);
}
