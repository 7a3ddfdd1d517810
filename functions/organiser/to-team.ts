import type { EventDefinition } from '../../shared/domain/event.ts';
import { isToldOfReset } from '../../shared/domain/factor-reset.ts';
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

/** That two organisers opened what concerns children: to all organisers, to deputies, and to whom the definition names. */
export function tellOfOpening(
  deps: Mailing,
  event: EventDefinition<string>,
  invitation: RoleInvitation,
  team: readonly Member[],
): readonly TransactItem[] {
  if (opensAt(invitation) === undefined) return [];
  const told = team.filter(({ grants }) => isDeputy(grants) || grants.some(({ role }) => role === 'organiser'));
  const to = [...readersOf(event, told), ...contactsOf(event)];
  return mailsTo(deps, event, 'role-opened', invitation.id, to, MOST_TOLD);
}

/**
 * Everyone whom it concerns that a second factor should be reset, or was: whose account it is, all organisers, and of somebody
 * who answers for children all of safeguarding.
 *
 * @param address with which the member signs in, whatever address the team knows
 */
export function tellOfReset(
  deps: Mailing,
  event: EventDefinition<string>,
  kind: 'factor-reset-proposed' | 'factor-reset-done',
  target: Pick<Member, 'id' | 'grants' | 'language' | 'email'>,
  team: readonly Member[],
  address: string | undefined,
): readonly TransactItem[] {
  const others = team.filter((each) => each.id !== target.id && isToldOfReset(target, each));
  const theirs = [address, target.email].flatMap((email) => (email ? [{ email, language: target.language }] : []));
  return mailsTo(deps, event, kind, target.id, [...theirs, ...readersOf(event, others)]);
}

/**
 * Whom the definition names: the contact for children, who deputises for them, and the secretariat. Two accounts of one person can agree on
 * anything; those addresses are not theirs to choose.
 */
const contactsOf = ({ secretariat, safeguarding }: EventDefinition<string>): readonly { readonly email: string }[] =>
  [secretariat, safeguarding, safeguarding?.deputy].flatMap((each) => (each ? [{ email: each.email }] : []));
