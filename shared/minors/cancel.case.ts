import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { cancelAdult } from '../registration/cancel/cancel-adult.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { endYoung } from './end-young.case.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'>;

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
