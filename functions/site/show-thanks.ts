import { readLocalised } from '../../shared/event/page/localised.case.ts';
import { typedAddress } from '../../shared/http/thanks-cookie.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { page } from '../../shared/kernel/http/reply.ts';
import { thanksPage, WAYS } from '../../web/site/thanks-page.ts';
import type { Deps } from './deps.ts';

/** Says the same to everyone: whether an address was registered before is told by mail only. */
export const showThanks =
  (deps: Deps): Handle<'showThanks'> =>
  async ({ params, query, language, path, cookies }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    const asked = WAYS.find((way) => way === query.sent);
    return page(thanksPage({ ...localised, path, asked, email: typedAddress(cookies), sender: deps.sender }));
  };
