import type { Handle } from '../../shared/http/handler.ts';
import { seeOther } from '../../shared/http/reply.ts';
import { eventPath, inLanguage } from '../../web/site/links.ts';
import type { Deps } from './deps.ts';

/** Whoever opens the bare address of the site comes for its event. */
export const showHome =
  (deps: Deps): Handle<'showHome'> =>
  async ({ query }) =>
    seeOther(query.lang === undefined ? eventPath(deps.homeEvent) : inLanguage(eventPath(deps.homeEvent), query.lang));
