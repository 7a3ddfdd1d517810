import type { Handle } from '../../shared/http/handler.ts';
import { cachedBriefly, page } from '../../shared/http/reply.ts';
import { youngPeoplePage } from '../../web/site/young-people-page.ts';
import type { Deps } from './deps.ts';
import { readLocalised } from './localised.ts';

export const showYoungPeople =
  (deps: Deps): Handle<'showYoungPeople'> =>
  async ({ params, language, path }) =>
    cachedBriefly(page(youngPeoplePage({ ...(await readLocalised(deps, params.eventId, language)), path })));
