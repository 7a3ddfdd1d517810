import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type Counter, hasRoom } from '../../seats/quota.ts';
import type { EventDefinition } from '../event.ts';
import { statusOf } from '../event-standing.ts';
import { registrationWindow } from '../registration-window.ts';
import { openSessions } from '../sessions.ts';
import { readLocalised } from './localised.case.ts';

type Deps = Needs<'events' | 'system'>;

/** The public definition: what only some may see stays inside. */
export const getEvent =
  (deps: Deps): Handle<'getEvent'> =>
  async ({ params, language: wanted }) => {
    const { event, language } = await readLocalised(deps, params.eventId, wanted);
    const { categories, sessions: _, quotas, retention, registration, calledOffAt, safeguarding, ...shown } = event;
    const { attackRate, closed, proveWithin, releaseUnproven, ...window } = registration;
    const counters = await deps.events.readCounters(event);
    return cachedBriefly(
      json(200, {
        ...shown,
        language,
        status: statusOf(event),
        categories: categories.map(({ trustedDomains, ...category }) => category),
        sessions: openSessions(event).map(({ meetingUrl, audience, ...session }) => session),
        ...(safeguarding && { safeguarding: withoutDeputy(safeguarding) }),
        registration: { ...window, state: registrationWindow(event, deps.system.now()) },
        quotas: quotas.map(({ id, title }) => ({ id, title, state: isFull(counters.get(id)) ? 'full' : 'available' })),
      }),
    );
  };

/** Reports reach them, and nothing else should. */
const withoutDeputy = ({ deputy: _, ...contact }: NonNullable<EventDefinition<string>['safeguarding']>) => contact;

const isFull = (counters: readonly Counter[] = []): boolean => counters.length > 0 && !hasRoom(counters);
