import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { midnight } from '../attendance/minutes.ts';

/** People of an event whom protocol picks to greet. */
export const MOST_GREETED = 50;

/** Letters of the line that says why or how, as a reader counts them. */
export const LONGEST_GREETING = 140;

/** How people to greet stand on a day; `not-today` are those who are not expected on it. */
export const GREETED_STATES = ['came', 'not-yet', 'no-check-in', 'not-today'] as const;

/** The midnight that ends the last day, epoch milliseconds: on the day after the event nobody is told whom to greet. */
export const greetingEnd = (event: Pick<EventDefinition<unknown>, 'days' | 'timeZone'>): number =>
  midnight(lastDay(event), 1, event.timeZone);

type Standing = Pick<Registration, 'status' | 'ageBand' | 'formerHolders'>;

/** Adults who hold a place. */
export const mayBeGreeted = ({ status, ageBand }: Standing): boolean => status === 'confirmed' && ageBand !== 'minor';

/** Whether a registration is still of the person who was picked, and not of another one in their place; and they still come. */
export const isStillGreeted = (registration: Standing, { holders }: { readonly holders: number }): boolean =>
  mayBeGreeted(registration) && (registration.formerHolders ?? 0) === holders;
