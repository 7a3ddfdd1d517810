import { sharingOf } from '../../../web/site/event/event-page.ts';
import { registerPage, THANKS_VARIANTS, thanksPage } from '../../../web/site/registration/register-page.ts';
import { readLocalised } from '../../event/page/localised.case.ts';
import type { SITE_ROUTES } from '../../event/site.routes.ts';
import { CANARY_ADDRESS } from '../../kernel/canary.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { requireOpen } from './require-open.ts';
import { typedAddress } from './thanks-cookie.ts';

export const showForm =
  (deps: Needs<'events' | 'siteUrl' | 'system'>): Handle<typeof SITE_ROUTES.showForm> =>
  async ({ params, query: { code }, language, path }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    // The canary looks at the form as everyone does, before there is an address.
    requireOpen(localised.event, deps.system.now(), CANARY_ADDRESS);
    return cachedBriefly(
      page(
        registerPage({
          ...localised,
          sharing: sharingOf(deps.siteUrl),
          path,
          values: code === undefined ? {} : { invitation: [code] },
          problems: [],
        }),
      ),
    );
  };

/** Says the same to everyone: whether an address was registered before is told by mail only. */
export const showThanks =
  (deps: Needs<'events' | 'sender'>): Handle<typeof SITE_ROUTES.showThanks> =>
  async ({ params, query, language, path, cookies }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    const asked = THANKS_VARIANTS.find((way) => way === query.sent);
    return page(thanksPage({ ...localised, path, asked, email: typedAddress(cookies), sender: deps.sender }));
  };
