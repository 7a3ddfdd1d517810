import { retentionEnd } from '../../shared/domain/event-times.ts';
import type { Registration, RegistrationStatus } from '../../shared/domain/registration.ts';
import { BusyError, ProblemError } from '../../shared/errors.ts';
import { hashAddress } from '../../shared/registering/hashes.ts';
import { newMessage } from '../../shared/registering/new-registration.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

const CANCELLABLE: readonly RegistrationStatus[] = ['pending-guardian', 'pending-approval', 'confirmed', 'waitlisted'];
/** Each lost race means that the registration changed under us, which its one holder rarely does. */
const MOST_ATTEMPTS = 3;

/**
 * Cancels a registration and gives back what it held. Cancelling twice succeeds twice.
 *
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-cancellable` when it ended in another way
 */
export async function cancel(deps: Deps, held: RegistrationWithEvent): Promise<Registration> {
  const expiresAt = retentionEnd(held.event);
  let before: Registration | undefined = held.registration;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && before !== undefined; attempt += 1) {
    if (before.status === 'cancelled') return before;
    if (!CANCELLABLE.includes(before.status)) throw new ProblemError('not-cancellable');
    const after = cancelled(before, deps.system.now());
    const addressHash = await hashAddress(deps.secrets, before.eventId, before.email);
    const message = newMessage(deps.system, 'cancelled', before);
    if (await deps.cancellations.cancel({ before, after, addressHash, message, expiresAt })) return after;
    before = await deps.registrations.read(before.eventId, before.reference);
  }
  throw new BusyError();
}

const cancelled = (registration: Registration, now: Date): Registration => ({
  ...registration,
  status: 'cancelled',
  seats: [],
  revision: registration.revision + 1,
  changedAt: now.toISOString(),
});
