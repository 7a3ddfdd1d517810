import { THANKS_VARIANTS, thanksPage } from '../../../web/site/registration/thanks-page.ts';
import { readLocalised } from '../../event/page/localised.case.ts';
import type { SITE_ROUTES } from '../../event/site.routes.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { page } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { typedAddress } from './thanks-cookie.ts';

type Deps = Needs<'events' | 'sender'>;

/** Says the same to everyone: whether an address was registered before is told by mail only. */
export const showThanks =
  (deps: Deps): Handle<typeof SITE_ROUTES.showThanks> =>
  async ({ params, query, language, path, cookies }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    const asked = THANKS_VARIANTS.find((way) => way === query.sent);
    return page(thanksPage({ ...localised, path, asked, email: typedAddress(cookies), sender: deps.sender }));
  };
