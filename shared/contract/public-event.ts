import * as z from 'zod';
import { storedEvent } from './event-definition.ts';

/** One language of an event as anyone may read it: no meeting addresses, no retention, no counters. */
export const publicEvent = z
  .lazy(() => {
    const event = storedEvent.unwrap();
    return event.omit({ sessions: true, quotas: true, retention: true }).extend({
      language: z.string(),
      sessions: z.array(event.shape.sessions.element.omit({ meetingUrl: true })),
      registration: event.shape.registration.extend({ state: z.enum(['not-open', 'open', 'closed']) }),
      quotas: z.array(z.strictObject({ id: z.string(), title: z.string(), state: z.enum(['available', 'full']) })),
    });
  })
  .meta({ id: 'Event' });
