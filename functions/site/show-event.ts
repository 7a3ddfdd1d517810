import { registrationWindow } from '../../shared/domain/registration-window.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../shared/kernel/http/reply.ts';
import { eventPage } from '../../web/site/event-page.ts';
import type { Deps } from './deps.ts';
import { readLocalised } from './localised.ts';

export const showEvent =
  (deps: Deps): Handle<'showEvent'> =>
  async ({ params, language }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    const registration = registrationWindow(localised.event, deps.system.now());
    return cachedBriefly(page(eventPage({ ...localised, registration })));
  };
