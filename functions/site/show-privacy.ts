import { purposesKept } from '../../shared/domain/purposes.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { cachedBriefly, page } from '../../shared/http/reply.ts';
import { everyUse } from '../../shared/store/uses.ts';
import { privacyPage } from '../../web/site/privacy-page.ts';
import type { Deps } from './deps.ts';
import { readLocalised } from './localised.ts';

/** What is said here is what is declared beside the schemas of what is stored. */
export const showPrivacy =
  (deps: Deps): Handle<'showPrivacy'> =>
  async ({ params, language, path }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    return cachedBriefly(page(privacyPage({ ...localised, path, kept: purposesKept(everyUse()) })));
  };
