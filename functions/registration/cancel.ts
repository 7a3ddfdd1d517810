import type { Registration, RegistrationStatus } from '../../shared/domain/registration.ts';
import { BusyError, ProblemError } from '../../shared/errors.ts';
import type { Deps } from './deps.ts';
import { hashAddress } from './hashes.ts';
import { newMessage } from './new-registration.ts';

const CANCELLABLE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];
/** Each lost race means that the registration changed under us, which its one holder rarely does. */
const MOST_ATTEMPTS = 3;

/**
 * Cancels a registration and gives back what it held. Cancelling twice succeeds twice.
 *
 * @throws ProblemError `not-cancellable` when it ended in another way
 */
export async function cancel(deps: Deps, { eventId, reference }: Registration): Promise<void> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const registration = await deps.registrations.read(eventId, reference);
    if (registration === undefined) throw new ProblemError('link-not-valid');
    if (registration.status === 'cancelled') return;
    if (!CANCELLABLE.includes(registration.status)) throw new ProblemError('not-cancellable');
    const addressHash = await hashAddress(deps.secrets, eventId, registration.email);
    const message = newMessage(deps.system, 'cancelled', registration);
    if (await deps.cancellations.cancel({ registration, addressHash, message })) return;
  }
  throw new BusyError();
}
