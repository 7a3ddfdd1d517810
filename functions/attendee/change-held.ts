import type { Registration } from '../../shared/domain/registration.ts';
import { ProblemError } from '../../shared/errors.ts';
import { changeRegistration, type Decision, type Situation } from '../../shared/registering/change-registration.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/**
 * Changes a registration for whoever holds its link. Where someone else came in the person's place at the same moment,
 * or the link was replaced, the one that they hold says nothing about it any more.
 *
 * @throws ProblemError `link-replaced`
 */
export const changeHeld = (
  deps: Pick<Deps, 'changes' | 'registrations'>,
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  decide: (situation: Situation) => Decision | Promise<Decision>,
): Promise<Registration> =>
  changeRegistration(deps, event, registration, (situation) => {
    if (situation.before.linkVersion !== registration.linkVersion) throw new ProblemError('link-replaced');
    return decide(situation);
  });
