import type { Deps } from '../../../functions/site/deps.ts';
import type { SITE_ROUTES } from '../../event/site.routes.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, json } from '../../kernel/http/reply.ts';

export const getConsoleConfig =
  (deps: Deps): Handle<typeof SITE_ROUTES.getConsoleConfig> =>
  async () =>
    cachedBriefly(json(200, deps.signIn));
