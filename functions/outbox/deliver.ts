import type { OutboxMessage } from '../../shared/domain/message.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';
import { writeMail } from './write-mail.ts';

/** Milliseconds a claim is held: longer than the function may run, so that no two instances ever send one message. */
export const LEASE = 90 * 1000;
/** Seconds a settled message is kept, without its address, to answer "was it sent?". */
const KEEP = 90 * 24 * 60 * 60;

/**
 * Sends one message:
 *
 *   pending ──claim──> claimed ──SES accepts──> sent
 *      ^                  │ └──SES refuses──> failed
 *      └───SES puts off───┘
 *
 * If SES's answer is lost, or we fall before noting it, the claim stays: once its lease has run out the message is
 * sent again, for a mail twice is better than a ticket lost.
 *
 * @returns whether the message is settled; if not, it has to be tried again later
 */
export async function deliver(deps: Deps, id: string): Promise<boolean> {
  const now = deps.system.now();
  const claim = await deps.outbox.claim(id, now, new Date(now.getTime() + LEASE));
  if (claim.kind !== 'claimed') return claim.kind === 'settled';
  const { message } = claim;
  const forgetAt = Math.floor(now.getTime() / 1000) + KEEP;
  const found = await deps.registrations.readWithEvent(message.eventId, message.reference, message.language);
  if (found === undefined || message.to === undefined || !isCurrent(message, found)) {
    await deps.outbox.markFailed(message, found === undefined ? 'registration-gone' : 'superseded', forgetAt);
    return true;
  }
  const raw = await writeOrRelease(deps, message, message.to, found);
  const outcome = await deps.mailer.send({ raw, to: message.to, outboxId: message.id });
  if (outcome.kind === 'put-off') {
    await deps.outbox.release(message);
    return false;
  }
  if (outcome.kind === 'accepted') await deps.outbox.markSent(message, outcome.messageId, forgetAt);
  else await deps.outbox.markFailed(message, outcome.reason, forgetAt);
  return true;
}

/** Nothing was sent yet: another try need not wait for the lease to run out. */
async function writeOrRelease(deps: Deps, message: OutboxMessage, to: string, found: RegistrationWithEvent) {
  try {
    return await writeMail(deps, message, to, found);
  } catch (error) {
    await deps.outbox.release(message);
    throw error;
  }
}

/** A ticket mailed after its registration was cancelled would only be turned away at the door. */
function isCurrent({ kind }: OutboxMessage, { registration }: RegistrationWithEvent): boolean {
  return kind === 'confirmed' || kind === 'waitlisted' ? registration.status === kind : true;
}
