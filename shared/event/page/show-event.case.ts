import { eventPage } from '../../../web/site/event/event-page.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { registrationWindow } from '../registration-window.ts';
import { readLocalised } from './localised.case.ts';

type Deps = Needs<'events' | 'system'>;

export const showEvent =
  (deps: Deps): Handle<'showEvent'> =>
  async ({ params, language }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    const registration = registrationWindow(localised.event, deps.system.now());
    return cachedBriefly(page(eventPage({ ...localised, registration })));
  };
