import { InvalidInputError, ProblemError } from '../../shared/kernel/errors.ts';
import { guarded, linkToken } from '../../shared/kernel/http/guarded.case.ts';
import type { Guarded } from '../../shared/kernel/http/handler.case.ts';
import { page, seeOther } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { delegationErasedPage } from '../../web/site/delegation/erased-page.ts';
import { everCoordinatorOf, type Held } from './coordinator.ts';
import type { Deps } from './deps.ts';
import { erase } from './erase.ts';
import { mailLink, replaceLink } from './mail-link.ts';
import { resumeMail } from './resume-mail.ts';

const PRESSES: Readonly<
  Record<'send-again' | 'replace-link' | 'resume-mail', (deps: Deps, held: Held) => Promise<void>>
> = {
  'send-again': mailLink,
  'replace-link': replaceLink,
  'resume-mail': resumeMail,
};

/** The buttons of a delegation's page. A link that was replaced has one left: to mail the new one to whom it belongs. */
export const postDelegation = (deps: Deps): Guarded<'postDelegation'> =>
  guarded(
    (sender) => everCoordinatorOf(deps, linkToken(sender), sender.language),
    async ({ body, path }, { held, isCurrent }) => {
      const [action] = body.action;
      if (!isCurrent && action !== 'send-again') throw new ProblemError('link-replaced');
      const { event, language } = held;
      if (action === 'erase') {
        if (body.confirm === undefined) throw new InvalidInputError([{ path: 'confirm', code: 'not-accepted' }]);
        await erase(deps, held);
        return page(delegationErasedPage({ event, language, t: translator(SITE, language) }));
      }
      await PRESSES[action](deps, held);
      return seeOther(`${path}?lang=${language}&done=${action}`);
    },
  );
