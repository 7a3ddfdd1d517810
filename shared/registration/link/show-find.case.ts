import { findPage, findSentPage } from '../../../web/site/registration/find-page.ts';
import { readLocalised } from '../../event/page/localised.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';

type Deps = Needs<'events' | 'sender'>;

export const showFind =
  (deps: Deps): Handle<'showFind'> =>
  async ({ params, query, language, path }) => {
    const of = { ...(await readLocalised(deps, params.eventId, language)), path };
    const sent = query.sent !== undefined;
    return cachedBriefly(
      page(sent ? findSentPage({ ...of, sender: deps.sender }) : findPage({ ...of, values: {}, problems: [] })),
    );
  };
