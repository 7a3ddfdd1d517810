import type { ShownMember } from '../../web/site/delegation/delegation-page.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Roster } from './delegation.store.ts';
import { isSeen, lineMovedTo, memberState, takesPlace } from './delegation.ts';
import type { Member } from './delegation-item.schema.ts';

type Deps = Needs<'rosters'>;

/** A line with as much of its registration as the coordinator may see. */
export const shownMember = (member: Member, registration: Registration | undefined): ShownMember => ({
  member,
  state: memberState(member, registration),
  registration: isSeen(member, registration) ? registration : undefined,
});

/** Each line of a list; not those in whose place another stands, or stood. */
export async function shownMembers({ rosters }: Pick<Deps, 'rosters'>, roster: Roster): Promise<ShownMember[]> {
  const registrations = await rosters.registrations(roster);
  return roster.members.flatMap((member) => {
    const registration = member.reference === undefined ? undefined : registrations.get(member.reference);
    const shown = shownMember(member, registration);
    const isLeftOver = member.name === undefined && shown.registration === undefined;
    return isLeftOver || lineMovedTo(member, registration) !== undefined ? [] : [shown];
  });
}

/** The same list without people who, as far as the coordinator sees, do not come any more: they may be added again. */
export async function standingOnly(deps: Pick<Deps, 'rosters'>, roster: Roster): Promise<Roster> {
  const shown = await shownMembers(deps, roster);
  return { ...roster, members: shown.filter(({ state }) => takesPlace(state)).map(({ member }) => member) };
}
