import { isHeld, isShown, MOST_PEOPLE, memberState } from '../../shared/domain/delegation.ts';
import { registrationWindow } from '../../shared/domain/registration-window.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { page } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import type { Roster } from '../../shared/store/delegation-store.ts';
import { delegationPage, type ShownMember } from '../../web/site/delegation/delegation-page.ts';
import { coordinatorOf } from './coordinator.ts';
import type { Deps } from './deps.ts';

/** The people of a delegation, and where each of them stands. */
export const showDelegation =
  (deps: Deps): Handle<'showDelegation'> =>
  async ({ params: { token }, query: { done }, language: wanted, path }) => {
    const { roster, event, language } = await coordinatorOf(deps, token, wanted);
    const members = await shownMembers(deps, roster);
    const isOpen = registrationWindow(event, deps.system.now()) === 'open';
    const places = isOpen ? MOST_PEOPLE - roster.members.filter(isHeld).length : 0;
    const t = translator(SITE, language);
    return page(delegationPage({ event, language, t, path, email: roster.delegation.email, members, places, done }));
  };

/** Each line with as much of its registration as the coordinator may see. */
async function shownMembers(deps: Deps, roster: Roster): Promise<readonly ShownMember[]> {
  const registrations = await deps.rosters.registrations(roster);
  return roster.members.map((member) => {
    const registration = member.reference === undefined ? undefined : registrations.get(member.reference);
    const state = memberState(member, registration);
    const mayBeSeen = state !== 'mailed' && state !== 'given-up' && registration !== undefined && isShown(registration);
    return { member, state, registration: mayBeSeen ? registration : undefined };
  });
}
