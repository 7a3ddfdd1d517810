import { linkReplacedPage } from '../../../web/site/registration/ended-pages.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { PROBLEMS } from '../../kernel/http/problem.schema.ts';
import { json, page } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isForgotten } from '../../minors/young.ts';
import type { ATTENDEE_ROUTES } from '../attendee.routes.ts';
import { bearerToken, everHolderOf, holderOf } from '../holder-of.case.ts';
import { ownPage } from './own-page.case.ts';
import { signedView } from './signed-view.case.ts';
import { stoppedPage } from './stopped-page.case.ts';

type Deps = Needs<'client' | 'registrations' | 'secrets' | 'signer' | 'system' | 'tables'>;

/** The holder's own page. */
export const showRegistration = (deps: Deps): Guarded<typeof ATTENDEE_ROUTES.showRegistration> =>
  guarded(
    (sender) => everHolderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token }, query: { done }, path }, { held, isCurrent }) => {
      if (isForgotten(held.registration)) return page(stoppedPage(held, path));
      if (isCurrent) return page(await ownPage(deps, held, token, { path, done }));
      const { event, language } = held;
      const t = siteWords(language);
      return page(linkReplacedPage({ event, language, t, path, done }), PROBLEMS['link-replaced']);
    },
  );

export const getRegistration =
  (deps: Deps): Handle<typeof ATTENDEE_ROUTES.getRegistration> =>
  async ({ headers, language }) => {
    const token = bearerToken(headers.authorization);
    return json(200, await signedView(deps, await holderOf(deps, token, language), token));
  };
