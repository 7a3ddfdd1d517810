import { ProblemError } from '../../kernel/errors.ts';
import { provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changeRegistration, type Decision, type Situation } from './change-registration.case.ts';

/**
 * Changes a registration for whoever holds its link. Where someone else came in the person's place at the same moment,
 * or the link was replaced, the one that they hold says nothing about it any more. The link was mailed: whoever changes something by it
 * has the address.
 *
 * @throws ProblemError `link-replaced`
 */
export const changeHeld = (
  deps: Parameters<typeof changeRegistration>[0],
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  decide: (situation: Situation) => Decision | Promise<Decision>,
): Promise<Registration> =>
  changeRegistration(deps, event, registration, async (situation) => {
    if (situation.before.linkVersion !== registration.linkVersion) throw new ProblemError('link-replaced');
    const decided = await decide(situation);
    return decided && { ...decided, after: provenBy(decided.after, 'mail') };
  });
