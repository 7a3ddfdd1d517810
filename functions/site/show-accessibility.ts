import type { Handle } from '../../shared/http/handler.ts';
import { cachedBriefly, page } from '../../shared/http/reply.ts';
import { accessibilityPage } from '../../web/site/accessibility-page.ts';
import type { Deps } from './deps.ts';
import { readLocalised } from './localised.ts';

export const showAccessibility =
  (deps: Deps): Handle<'showAccessibility'> =>
  async ({ params, language, path }) =>
    cachedBriefly(page(accessibilityPage({ ...(await readLocalised(deps, params.eventId, language)), path })));
