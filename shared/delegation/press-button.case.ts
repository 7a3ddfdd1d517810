import { delegationErasedPage } from '../../web/site/delegation/delegation-page.ts';
import { InvalidInputError, ProblemError } from '../kernel/errors.ts';
import { guarded, linkToken } from '../kernel/http/guarded.case.ts';
import type { Guarded } from '../kernel/http/handler.case.ts';
import { page, seeOther } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { everCoordinatorOf, type Held } from './coordinator.case.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';
import { erase } from './erase-delegation.case.ts';
import { mailLink, replaceLink } from './mail-link.case.ts';
import { resumeMail } from './resume-mail.case.ts';

type Deps = Needs<'events' | 'rosters' | 'secrets' | 'system'>;

const PRESSES: Readonly<
  Record<'send-again' | 'replace-link' | 'resume-mail', (deps: Deps, held: Held) => Promise<void>>
> = {
  'send-again': mailLink,
  'replace-link': replaceLink,
  'resume-mail': resumeMail,
};

/** The buttons of a delegation's page. A link that was replaced has one left: to mail the new one to whom it belongs. */
export const postDelegation = (deps: Deps): Guarded<typeof DELEGATION_ROUTES.postDelegation> =>
  guarded(
    (sender) => everCoordinatorOf(deps, linkToken(sender), sender.language),
    async ({ body, path }, { held, isCurrent }) => {
      const [action] = body.action;
      if (!isCurrent && action !== 'send-again') throw new ProblemError('link-replaced');
      const { event, language } = held;
      if (action === 'erase') {
        if (body.confirm === undefined) throw new InvalidInputError([{ path: 'confirm', code: 'not-accepted' }]);
        await erase(deps, held);
        return page(delegationErasedPage({ event, language, t: siteWords(language) }));
      }
      await PRESSES[action](deps, held);
      return seeOther(`${path}?lang=${language}&done=${action}`);
    },
  );
