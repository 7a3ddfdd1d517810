import * as z from 'zod';
import { storedEvent } from '../definition/event-definition.schema.ts';
import { EVENT_STATUSES } from '../event.ts';

/**
 * One language of an event as anyone may read it: no closed sessions, no meeting addresses, no retention, no counters,
 * no reasons to decline, and not whose addresses need no approval.
 */
export const publicEvent = z.lazy(() => {
  const event = storedEvent.unwrap();
  const hidden = { retention: true, calledOffAt: true, declineReasons: true, promisedReaders: true } as const;
  return event.omit({ ...hidden, categories: true, sessions: true, quotas: true }).extend({
    language: z.string(),
    status: z.enum(EVENT_STATUSES),
    categories: z.array(event.shape.categories.element.omit({ trustedDomains: true })),
    sessions: z.array(event.shape.sessions.element.omit({ meetingUrl: true, audience: true })),
    safeguarding: event.shape.safeguarding.unwrap().omit({ deputy: true }).optional(),
    registration: event.shape.registration
      .omit({ attackRate: true, closed: true, proveWithin: true, releaseUnproven: true })
      .extend({ state: z.enum(['not-open', 'open', 'closed']) }),
    quotas: z.array(z.strictObject({ id: z.string(), title: z.string(), state: z.enum(['available', 'full']) })),
  });
});
