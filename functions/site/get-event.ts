import type { EventDefinition } from '../../shared/domain/event.ts';
import { statusOf } from '../../shared/domain/event-standing.ts';
import { type Counter, hasRoom } from '../../shared/domain/quota.ts';
import { registrationWindow } from '../../shared/domain/registration-window.ts';
import { openSessions } from '../../shared/domain/sessions.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { cachedBriefly, json } from '../../shared/kernel/http/reply.ts';
import type { Deps } from './deps.ts';
import { readLocalised } from './localised.ts';

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
