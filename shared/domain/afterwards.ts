import type { EventDefinition } from './event.ts';
import { isCalledOff } from './event-standing.ts';
import { eventStart } from './event-times.ts';
import { type FormSettings, formStanding, formsOf } from './feedback/form.ts';

/** What there is for whoever came, once an event has begun. */
export interface Afterwards {
  /** Somebody may answer something now. */
  readonly feedback: boolean;
  readonly certificate: boolean;
}

/** Whether there may be anything, before it is known what organisers set of the forms. */
export const hasBegun = (event: EventDefinition<unknown>, now: Date): boolean =>
  !isCalledOff(event) && now >= eventStart(event);

export function afterwardsOf(event: EventDefinition<unknown>, settings: FormSettings, now: Date): Afterwards {
  if (!hasBegun(event, now)) return { feedback: false, certificate: false };
  return {
    feedback: formsOf(event, settings).some((form) => formStanding(form, now.getTime()) === 'open'),
    certificate: event.certificate !== undefined,
  };
}
