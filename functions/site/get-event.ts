import { type Counter, hasFreeSeat } from '../../shared/domain/quota.ts';
import { registrationWindow } from '../../shared/domain/registration-window.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { cachedBriefly, json } from '../../shared/http/reply.ts';
import type { Deps } from './deps.ts';
import { readLocalised } from './localised.ts';

/** The public definition: meeting addresses, retention and counters stay inside. */
export const getEvent =
  (deps: Deps): Handle<'getEvent'> =>
  async ({ params, language: wanted }) => {
    const { event, language } = await readLocalised(deps, params.eventId, wanted);
    const { sessions, quotas, retention, registration, ...shown } = event;
    const counters = await deps.events.readCounters(event);
    return cachedBriefly(
      json(200, {
        ...shown,
        language,
        sessions: sessions.map(({ meetingUrl, ...session }) => session),
        registration: { ...registration, state: registrationWindow(event, deps.system.now()) },
        quotas: quotas.map(({ id, title }) => ({ id, title, state: isFull(counters.get(id)) ? 'full' : 'available' })),
      }),
    );
  };

const isFull = (counter: Counter | undefined): boolean => counter !== undefined && !hasFreeSeat(counter);
