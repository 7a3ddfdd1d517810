import { MOST_PEOPLE, takesPlace } from '../../shared/domain/delegation.ts';
import { registrationWindow } from '../../shared/event/registration-window.ts';
import { guarded, linkToken } from '../../shared/kernel/http/guarded.case.ts';
import type { Guarded } from '../../shared/kernel/http/handler.case.ts';
import { PROBLEMS } from '../../shared/kernel/http/problem.schema.ts';
import { page } from '../../shared/kernel/http/reply.ts';
import { SITE } from '../../shared/kernel/i18n/site.ts';
import { translator } from '../../shared/kernel/i18n/translator.ts';
import { delegationPage } from '../../web/site/delegation/delegation-page.ts';
import { linkReplacedPage } from '../../web/site/registration/link-replaced-page.ts';
import { everCoordinatorOf } from './coordinator.ts';
import type { Deps } from './deps.ts';
import { shownMembers } from './roster.ts';

/** The people of a delegation, and where each of them stands. */
export const showDelegation = (deps: Deps): Guarded<'showDelegation'> =>
  guarded(
    (sender) => everCoordinatorOf(deps, linkToken(sender), sender.language),
    async ({ query: { done }, path }, { held, isCurrent }) => {
      const { roster, event, language } = held;
      const t = translator(SITE, language);
      if (!isCurrent) return page(linkReplacedPage({ event, language, t, path, done }), PROBLEMS['link-replaced']);
      const members = await shownMembers(deps, roster);
      const isOpen = registrationWindow(event, deps.system.now()) === 'open';
      const places = isOpen ? MOST_PEOPLE - members.filter(({ state }) => takesPlace(state)).length : 0;
      const { email, optedOut } = roster.delegation;
      const isMailStopped = optedOut === true;
      return page(delegationPage({ event, language, t, path, email, isMailStopped, members, places, done }));
    },
  );
