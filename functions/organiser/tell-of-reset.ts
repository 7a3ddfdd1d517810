import type { EventDefinition } from '../../shared/domain/event.ts';
import { isToldOfReset } from '../../shared/domain/factor-reset.ts';
import { type Mailing, mailsTo, readersOf } from '../../shared/organising/tell-team.ts';
import type { Member } from '../../shared/store/role-item.ts';
import type { TransactItem } from '../../shared/store/transact.ts';

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
