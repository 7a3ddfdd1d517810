import { guarded, linkToken } from '../../shared/kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../shared/kernel/http/handler.case.ts';
import { PROBLEMS } from '../../shared/kernel/http/problem.schema.ts';
import { json, page } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { isForgotten } from '../../shared/registering/end-young.ts';
import { bearerToken, everHolderOf, holderOf } from '../../shared/registering/holder-of.ts';
import { linkReplacedPage } from '../../web/site/link-replaced-page.ts';
import type { Deps } from './deps.ts';
import { ownPage } from './own-page.ts';
import { signedView } from './signed-view.ts';
import { stoppedPage } from './stopped-page.ts';

/** The holder's own page. */
export const showRegistration = (deps: Deps): Guarded<'showRegistration'> =>
  guarded(
    (sender) => everHolderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, query: { done }, path }, { held, isCurrent }) => {
      if (isForgotten(held.registration)) return page(stoppedPage(held, path));
      if (isCurrent) return page(await ownPage(deps, held, token, { path, done }));
      const { event, language } = held;
      const t = translator(SITE, language);
      return page(linkReplacedPage({ event, language, t, path, done }), PROBLEMS['link-replaced']);
    },
  );

export const getRegistration =
  (deps: Deps): Handle<'getRegistration'> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    return json(200, await signedView(deps, await holderOf(deps, token, language), token));
  };
