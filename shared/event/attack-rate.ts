import type { EventDefinition } from './event.ts';

/** Forms in a minute: fewer are people, however small an event is. */
const LEAST_USUAL_RATE = 600;
/** As many as are registered in a minute at most: 1,000 a second. */
const MOST_USUAL_RATE = 60_000;
/** For each seat one who gets it and one who comes in vain, each of whom sends the form twice. */
const FORMS_PER_SEAT = 4;

/**
 * Forms in one minute that are an attack, by an event's definition: where it names no number, four for each seat of its largest
 * quota, since all who want one may come in the minute in which registration opens.
 */
export function attackRate({
  registration,
  quotas,
}: Pick<EventDefinition<unknown>, 'registration' | 'quotas'>): number {
  const seats = Math.max(0, ...quotas.filter(({ per }) => per === undefined).map(({ capacity }) => capacity));
  const usual = Math.min(MOST_USUAL_RATE, Math.max(LEAST_USUAL_RATE, FORMS_PER_SEAT * seats));
  return registration.attackRate ?? usual;
}
