import type { Registration } from '../../shared/domain/registration.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import { cancelAdult } from '../../shared/registering/cancel-adult.ts';
import { endYoung } from '../../shared/registering/end-young.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/**
 * Cancels a registration and gives back what it held; of someone under 18 everything is deleted. Cancelling twice
 * succeeds twice.
 *
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-cancellable` when it ended in another way
 */
export const cancel = (deps: Deps, held: RegistrationWithEvent): Promise<Registration> =>
  held.registration.ageBand === 'minor'
    ? endYoung(deps, held, 'consent-withdrawn')
    : cancelAdult(deps, held, ({ linkVersion }) => {
        if (linkVersion !== held.registration.linkVersion) throw new ProblemError('link-replaced');
      });
