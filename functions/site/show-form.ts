import { readLocalised } from '../../shared/event/page/localised.case.ts';
import { requireOpen } from '../../shared/http/require-open.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../shared/kernel/http/reply.ts';
import { registerPage } from '../../web/site/register-page.ts';
import type { Deps } from './deps.ts';

export const showForm =
  (deps: Deps): Handle<'showForm'> =>
  async ({ params, query: { code }, language, path }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    requireOpen(localised.event, deps.system.now());
    return cachedBriefly(
      page(
        registerPage({ ...localised, path, values: code === undefined ? {} : { invitation: [code] }, problems: [] }),
      ),
    );
  };
