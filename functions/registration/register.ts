import { retentionEnd } from '../../shared/domain/event-times.ts';
import { admit, type Counter, quotasFor } from '../../shared/domain/quota.ts';
import { newMessage, newRegistration } from '../../shared/registering/new-registration.ts';
import type { Deps } from './deps.ts';
import type { Entry } from './entry.ts';
import type { Outcome } from './store/submission-store.ts';

/** Enters someone under a free address: with a seat in every quota, or waiting where there is none. */
export async function register(
  deps: Deps,
  { event, application, addressHash, requestHash }: Entry,
  counters: ReadonlyMap<string, Counter>,
): Promise<Outcome> {
  const needed = quotasFor(event, application).map((quota) => ({ quota: quota.id, shard: 0 }));
  const admission = admit(needed, counters);
  const registration = newRegistration(deps.system, event, application, admission);
  return deps.submissions.register({
    registration,
    addressHash,
    lock: { reference: registration.reference, request: requestHash },
    message: newMessage(deps.system, admission.status, registration),
    expiresAt: retentionEnd(event),
  });
}
