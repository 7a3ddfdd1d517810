import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { hashHolder } from '../hashes.store.ts';
import { isLinkDue } from '../link-interval.store.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';

export type SendAgainDeps = Needs<'locks' | 'secrets' | 'system'>;

/**
 * Mails the ticket again, or where there is none the link, to the address of a registration: at most once in half an
 * hour, as asking for it by that address does. Nothing happens where it was mailed just now, or the registration ended.
 *
 * @param also what is written along with the mail
 * @returns whether there is one
 */
export async function mailAgain(
  deps: SendAgainDeps,
  { registration, event }: RegistrationWithEvent,
  also: readonly TransactItem[] = [],
): Promise<boolean> {
  const { eventId, reference, status } = registration;
  const addressHash = await hashHolder(deps.secrets, registration);
  const before = await deps.locks.read(eventId, addressHash);
  const now = deps.system.now();
  if (before?.reference !== reference || !isLinkDue(before, now)) return false;
  return deps.locks.note({
    message: newMessage(deps.system, status === 'confirmed' ? 'confirmed' : 'link', registration),
    addressHash,
    before,
    after: { ...before, linkAt: now.toISOString() },
    expiresAt: retentionEnd(event),
    also,
  });
}

/** The same for whoever is told nothing of it. */
export async function sendAgain(deps: SendAgainDeps, found: RegistrationWithEvent): Promise<void> {
  await mailAgain(deps, found);
}
