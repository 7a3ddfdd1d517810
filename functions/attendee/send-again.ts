import { retentionEnd } from '../../shared/domain/event-times.ts';
import { hashHolder } from '../../shared/registering/hashes.ts';
import { isLinkDue } from '../../shared/registering/link-interval.ts';
import { newMessage } from '../../shared/registering/new-items.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/**
 * Mails the ticket again, or where there is none the link, to the address of a registration: at most once in half an
 * hour, as asking for it by that address does. Nothing happens where it was mailed just now, or the registration ended.
 */
export async function sendAgain(deps: Deps, { registration, event }: RegistrationWithEvent): Promise<void> {
  const { eventId, reference, status } = registration;
  const addressHash = await hashHolder(deps.secrets, registration);
  const before = await deps.locks.read(eventId, addressHash);
  const now = deps.system.now();
  if (before?.reference !== reference || !isLinkDue(before, now)) return;
  await deps.locks.note({
    message: newMessage(deps.system, status === 'confirmed' ? 'confirmed' : 'link', registration),
    addressHash,
    before,
    after: { ...before, linkAt: now.toISOString() },
    expiresAt: retentionEnd(event),
  });
}
