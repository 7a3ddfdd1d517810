import { inLanguage } from '../../../web/site/kernel/links.ts';
import { cancelPage } from '../../../web/site/registration/cancel-page.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { holderOf } from '../holder-of.case.ts';
import type { FROM_MAIL_ROUTES } from '../link/from-mail.routes.ts';
import { CANCELLABLE } from './cancel-adult.case.ts';

type Deps = Needs<'registrations' | 'secrets' | 'system'>;

/** Where a reminder leads whoever cannot come: what they give up, and a button. Where there is nothing to give up, to their page. */
export const showCancel =
  (deps: Deps): Handle<typeof FROM_MAIL_ROUTES.showCancel> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    const managePath = `/m/${token}`;
    if (!CANCELLABLE.includes(registration.status)) return seeOther(inLanguage(managePath, language));
    return page(cancelPage({ registration, event, language, t: siteWords(language), path, managePath }));
  };
