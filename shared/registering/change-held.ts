import type { Registration } from '../domain/registration.ts';
import { ProblemError } from '../errors.ts';
import type { RegistrationWithEvent } from '../store/registration-store.ts';
import { changeRegistration, type Decision, type Situation } from './change-registration.ts';

/**
 * Changes a registration for whoever holds its link. Where someone else came in the person's place at the same moment,
 * or the link was replaced, the one that they hold says nothing about it any more.
 *
 * @throws ProblemError `link-replaced`
 */
export const changeHeld = (
  deps: Parameters<typeof changeRegistration>[0],
  { registration, event }: Pick<RegistrationWithEvent, 'registration' | 'event'>,
  decide: (situation: Situation) => Decision | Promise<Decision>,
): Promise<Registration> =>
  changeRegistration(deps, event, registration, (situation) => {
    if (situation.before.linkVersion !== registration.linkVersion) throw new ProblemError('link-replaced');
    return decide(situation);
  });
