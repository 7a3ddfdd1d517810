import { readLocalised } from '../../shared/event/page/localised.case.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../shared/kernel/http/reply.ts';
import { findPage, findSentPage } from '../../web/site/find-page.ts';
import type { Deps } from './deps.ts';

export const showFind =
  (deps: Deps): Handle<'showFind'> =>
  async ({ params, query, language, path }) => {
    const of = { ...(await readLocalised(deps, params.eventId, language)), path };
    const sent = query.sent !== undefined;
    return cachedBriefly(
      page(sent ? findSentPage({ ...of, sender: deps.sender }) : findPage({ ...of, values: {}, problems: [] })),
    );
  };
