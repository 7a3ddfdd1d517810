import { registerPage } from '../../../web/site/registration/register-page.ts';
import { readLocalised } from '../../event/page/localised.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { requireOpen } from './require-open.ts';

type Deps = Needs<'events' | 'system'>;

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
