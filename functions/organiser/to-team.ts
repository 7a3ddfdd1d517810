import type { EventDefinition } from '../../shared/domain/event.ts';
import { isDeputy } from '../../shared/domain/organiser-role.ts';
import type { RoleInvitation } from '../../shared/domain/role-invitation.ts';
import { isTold, opensAt } from '../../shared/domain/role-rule.ts';
import { type Mailing, mailsTo, readersOf } from '../../shared/organising/tell-team.ts';
import type { Member } from '../../shared/store/role-item.ts';
import type { TransactItem } from '../../shared/store/transact.ts';

/** What a transaction of 100 items leaves for mails. */
const MOST_TOLD = 85;

/** Everyone in the role is told of a grant, but for whoever has it now. */
export const tellOfGrant = (
  deps: Mailing,
  event: EventDefinition<string>,
  after: Member,
  { grants }: RoleInvitation,
  team: readonly Member[],
): readonly TransactItem[] => {
  const told = team.filter((each) => each.id !== after.id && isTold(each, grants));
  return mailsTo(deps, event, 'role-granted', after.id, readersOf(event, told), MOST_TOLD);
};

/**
 * That two organisers opened what concerns children: to all organisers; where all vettings are over, to the contact and the
 * deputies too.
 */
export function tellOfOpening(
  deps: Mailing,
  event: EventDefinition<string>,
  invitation: RoleInvitation,
  team: readonly Member[],
): readonly TransactItem[] {
  if (opensAt(invitation) === undefined) return [];
  const organisers = team.filter(({ grants }) => grants.some(({ role }) => role === 'organiser'));
  const isLapsed = invitation.accepted?.children?.way === 'lapsed';
  const deputies = isLapsed ? team.filter(({ grants }) => isDeputy(grants)) : [];
  const named = isLapsed ? contactsOf(event) : [];
  const to = [...readersOf(event, [...organisers, ...deputies]), ...named];
  return mailsTo(deps, event, 'role-opened', invitation.id, to, MOST_TOLD);
}

/** Whom the definition names for children: the contact, and who deputises for them. */
const contactsOf = ({ safeguarding }: EventDefinition<string>): readonly { readonly email: string }[] =>
  safeguarding
    ? [safeguarding, ...(safeguarding.deputy ? [safeguarding.deputy] : [])].map(({ email }) => ({ email }))
    : [];
