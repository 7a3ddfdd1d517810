import { delegationPage } from '../../web/site/delegation/delegation-page.ts';
import { linkReplacedPage } from '../../web/site/registration/ended-pages.ts';
import { registrationWindow } from '../event/registration-window.ts';
import { guarded, linkToken } from '../kernel/http/guarded.case.ts';
import type { Guarded } from '../kernel/http/handler.case.ts';
import { PROBLEMS } from '../kernel/http/problem.schema.ts';
import { page } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { everCoordinatorOf } from './coordinator.case.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';
import { MOST_PEOPLE, takesPlace } from './delegation.ts';
import { shownMembers } from './roster.case.ts';

type Deps = Needs<'events' | 'rosters' | 'secrets' | 'system'>;

/** The people of a delegation, and where each of them stands. */
export const showDelegation = (deps: Deps): Guarded<typeof DELEGATION_ROUTES.showDelegation> =>
  guarded(
    (sender) => everCoordinatorOf(deps, linkToken(sender), sender.language),
    async ({ query: { done }, path }, { held, isCurrent }) => {
      const { roster, event, language } = held;
      const t = siteWords(language);
      if (!isCurrent) return page(linkReplacedPage({ event, language, t, path, done }), PROBLEMS['link-replaced']);
      const members = await shownMembers(deps, roster);
      const isOpen = registrationWindow(event, deps.system.now()) === 'open';
      const places = isOpen ? MOST_PEOPLE - members.filter(({ state }) => takesPlace(state)).length : 0;
      const { email, optedOut } = roster.delegation;
      const isMailStopped = optedOut === true;
      return page(delegationPage({ event, language, t, path, email, isMailStopped, members, places, done }));
    },
  );
