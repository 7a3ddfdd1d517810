import { MOST_PEOPLE, takesPlace } from '../../shared/domain/delegation.ts';
import { registrationWindow } from '../../shared/domain/registration-window.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { page } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { delegationPage } from '../../web/site/delegation/delegation-page.ts';
import { coordinatorOf } from './coordinator.ts';
import type { Deps } from './deps.ts';
import { shownMembers } from './roster.ts';

/** The people of a delegation, and where each of them stands. */
export const showDelegation =
  (deps: Deps): Handle<'showDelegation'> =>
  async ({ params: { token }, query: { done }, language: wanted, path }) => {
    const { roster, event, language } = await coordinatorOf(deps, token, wanted);
    const members = await shownMembers(deps, roster);
    const isOpen = registrationWindow(event, deps.system.now()) === 'open';
    const places = isOpen ? MOST_PEOPLE - members.filter(({ state }) => takesPlace(state)).length : 0;
    const t = translator(SITE, language);
    return page(delegationPage({ event, language, t, path, email: roster.delegation.email, members, places, done }));
  };
