import * as z from 'zod';
import { eventDefinition } from './event-definition.ts';

const localised = eventDefinition(z.string());

/** One language of an event as anyone may read it: no meeting addresses, no retention, no counters. */
export const publicEvent = localised
  .omit({ sessions: true, quotas: true, retention: true })
  .extend({
    language: z.string(),
    sessions: z.array(localised.shape.sessions.element.omit({ meetingUrl: true })),
    registration: localised.shape.registration.extend({ state: z.enum(['not-open', 'open', 'closed']) }),
    quotas: z.array(z.strictObject({ id: z.string(), title: z.string(), state: z.enum(['available', 'full']) })),
  })
  .meta({ id: 'Event' });
