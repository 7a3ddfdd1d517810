import { isLive } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { eventStart } from '../../event/event-times.ts';
import type { FormSettings } from '../../feedback/feedback-items.schema.ts';
import { formStatus, formsOf } from '../../feedback/form/form.ts';
import type { Registration } from '../../registration/registration.schema.ts';

/** What there is for attendees who came. */
export interface Afterwards {
  /** An attendee may answer a form now. */
  readonly feedback: boolean;
  readonly certificate: boolean;
}

/**
 * What the page of a registration leads to. Who attended is found out there. So feedback is also open to an attendee who cancelled, or was
 * cancelled, once the event had begun, and where the event was called off by then.
 */
export function afterwardsOf(
  event: EventDefinition<unknown>,
  settings: FormSettings,
  registration: Pick<Registration, 'status' | 'changedAt'>,
  now: Date,
): Afterwards {
  const begins = eventStart(event);
  const mayHaveCome = isLive(registration) || new Date(registration.changedAt) >= begins;
  return {
    feedback: mayHaveCome && formsOf(event, settings).some((form) => formStatus(form, now.getTime()) === 'open'),
    certificate: event.certificate !== undefined && isLive(registration) && !isCalledOff(event) && now >= begins,
  };
}
