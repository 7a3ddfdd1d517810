import type { Registration, RegistrationStatus } from '../../shared/domain/registration.ts';
import { ProblemError } from '../../shared/errors.ts';
import { deleteCareNeeds } from '../../shared/registering/care-writes.ts';
import { changeRegistration } from '../../shared/registering/change-registration.ts';
import { endYoung } from '../../shared/registering/end-young.ts';
import { hashHolder } from '../../shared/registering/hashes.ts';
import { changed, newMessage } from '../../shared/registering/new-items.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

const CANCELLABLE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];

/**
 * Cancels a registration and gives back what it held; of someone under 18 everything is deleted. Cancelling twice
 * succeeds twice.
 *
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-cancellable` when it ended in another way
 */
export async function cancel(deps: Deps, { registration, event }: RegistrationWithEvent): Promise<Registration> {
  if (registration.ageBand === 'minor') return endYoung(deps, { registration, event }, 'consent-withdrawn');
  const addressHash = await hashHolder(deps.secrets, registration);
  return changeRegistration(deps, event, registration, ({ before }) => {
    if (before.status === 'cancelled') return undefined;
    if (!CANCELLABLE.includes(before.status)) throw new ProblemError('not-cancellable');
    return {
      after: changed(before, { ...ENDED, status: 'cancelled' }, deps.system.now()),
      lock: { release: true, addressHash },
      messages: [newMessage(deps.system, 'cancelled', before)],
      also: [deleteCareNeeds(deps.tables.care, before)],
    };
  });
}

const ENDED = { seats: [], waitingSince: undefined, meanwhile: undefined } as const;
