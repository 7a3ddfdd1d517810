import { retentionEnd } from '../event/event-times.ts';
import { logError } from '../kernel/log.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { newMessage } from '../mail/outbox/new-items.store.ts';
import type { PendingAnswer } from './consent/pending-answer.schema.ts';
import { guardianStep } from './young.ts';

type Deps = Needs<'registrations' | 'system' | 'waitlist' | 'young'>;

/** One run must end well within the function's 30 seconds; the next one goes on from there. */
const MOST = 100;

/**
 * Deletes everything about minors whose guardians, or who themselves, did not answer in time, and tells them (CS4). To an
 * address that nobody proved to be theirs nothing more is mailed.
 */
export async function purgeUnanswered(deps: Deps): Promise<void> {
  for (const pending of await deps.young.overdue(deps.system.now(), MOST)) {
    try {
      await purgeOne(deps, pending);
    } catch (error) {
      logError('unanswered request not purged', error, { eventId: pending.eventId, reference: pending.reference });
    }
  }
}

async function purgeOne(deps: Deps, pending: PendingAnswer): Promise<void> {
  const [registration, event] = await Promise.all([
    deps.registrations.read(pending.eventId, pending.reference),
    deps.waitlist.readEvent(pending.eventId),
  ]);
  const isAwaited = registration?.status === 'pending-guardian' && registration.answerBy === pending.answerBy;
  if (!isAwaited || event === undefined) return deps.young.forgetPending(pending);
  // Refused, an answer came at the same moment: it counts.
  const isProven = guardianStep(registration) !== 'unproven';
  const message = isProven ? newMessage(deps.system, 'guardian-expired', registration) : undefined;
  await deps.young.purge(registration, message, retentionEnd(event));
}
