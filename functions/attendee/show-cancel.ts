import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { page, seeOther } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { CANCELLABLE } from '../../shared/registering/cancel-adult.ts';
import { holderOf } from '../../shared/registering/holder-of.ts';
import { cancelPage } from '../../web/site/cancel-page.ts';
import { inLanguage } from '../../web/site/kernel/links.ts';
import type { Deps } from './deps.ts';

/** Where a reminder leads whoever cannot come: what they give up, and a button. Where there is nothing to give up, to their page. */
export const showCancel =
  (deps: Deps): Handle<'showCancel'> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    const managePath = `/m/${token}`;
    if (!CANCELLABLE.includes(registration.status)) return seeOther(inLanguage(managePath, language));
    return page(cancelPage({ registration, event, language, t: translator(SITE, language), path, managePath }));
  };
