import { deleteCareNeeds } from '../../care/care.store.ts';
import type { RegistrationStatus } from '../../event/attendee.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed, newMessage } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { hashHolder } from '../hashes.store.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';

/** What cancelling, and undoing it, touches in whichever function it happens. */
export type CancelDeps = Needs<'changes' | 'registrations' | 'secrets' | 'system'> & {
  readonly tables: { readonly care: string };
};

export const CANCELLABLE: readonly RegistrationStatus[] = [
  'pending-guardian',
  'pending-approval',
  'confirmed',
  'waitlisted',
];

/**
 * Cancels the registration of an adult and gives back what it held. Cancelling twice succeeds twice.
 *
 * @param allow throws where it is not, or no longer, theirs to cancel who press
 * @returns the registration as it stands afterwards
 * @throws ProblemError `not-cancellable` when it ended in another way
 */
export async function cancelAdult(
  deps: CancelDeps,
  { registration, event }: RegistrationWithEvent,
  allow: (before: Registration) => void = () => {},
): Promise<Registration> {
  return changeRegistration(deps, event, registration, async ({ before }) => {
    if (before.status === 'cancelled') return undefined;
    if (!CANCELLABLE.includes(before.status)) throw new ProblemError('not-cancellable');
    allow(before);
    return {
      after: changed(before, { ...ENDED, status: 'cancelled' }, deps.system.now()),
      lock: { release: true, addressHash: await hashHolder(deps.secrets, before) },
      messages: [newMessage(deps.system, 'cancelled', before)],
      also: [deleteCareNeeds(deps.tables.care, before)],
    };
  });
}

const ENDED = { seats: [], waiting: undefined } as const;
