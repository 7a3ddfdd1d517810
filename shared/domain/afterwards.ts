import type { EventDefinition } from './event.ts';
import { isCalledOff } from './event-standing.ts';
import { eventStart } from './event-times.ts';
import { type FormSettings, formStanding, formsOf } from './feedback/form.ts';

/** What there is for whoever came. */
export interface Afterwards {
  /** Somebody may answer something now. */
  readonly feedback: boolean;
  readonly certificate: boolean;
}

export function afterwardsOf(event: EventDefinition<unknown>, settings: FormSettings, now: Date): Afterwards {
  if (isCalledOff(event)) return { feedback: false, certificate: false };
  return {
    feedback: formsOf(event, settings).some((form) => formStanding(form, now.getTime()) === 'open'),
    certificate: event.certificate !== undefined && now >= eventStart(event),
  };
}
