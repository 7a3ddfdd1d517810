import type { OutboxMessage } from '../../shared/domain/message.ts';
import { logWarning } from '../../shared/log.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';
import { writeMail } from './write-mail.ts';

/**
 * Milliseconds a claim is held: longer than the function may run (30 s), so that no two instances ever send one
 * message, and no longer than that, since the messages behind a lost one in its shard wait for it.
 */
export const LEASE = 40 * 1000;
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
  const mail = await prepare(deps, message);
  if ('obstacle' in mail) {
    await deps.outbox.markFailed(message, mail.obstacle, forgetAt);
    return true;
  }
  const outcome = await deps.mailer.send({ ...mail, outboxId: message.id });
  if (outcome.kind === 'accepted') {
    await deps.outbox.markSent(message, outcome.messageId, forgetAt);
    return true;
  }
  logWarning('SES did not take a message', { outboxId: id, outcome: outcome.kind, reason: outcome.reason });
  if (outcome.kind === 'refused') await deps.outbox.markFailed(message, outcome.reason, forgetAt);
  else await deps.outbox.release(message);
  return outcome.kind === 'refused';
}

type Prepared = { readonly raw: Uint8Array; readonly to: string } | { readonly obstacle: string };

/** Nothing is sent here: after a failure, another try need not wait for the lease to run out. */
async function prepare(deps: Deps, message: OutboxMessage): Promise<Prepared> {
  const { eventId, reference, language, to } = message;
  try {
    const found = await deps.registrations.readWithEvent(eventId, reference, language);
    if (found === undefined || to === undefined) return { obstacle: 'registration-gone' };
    if (!isCurrent(message, found)) return { obstacle: 'superseded' };
    return { raw: await writeMail(deps, message, to, found), to };
  } catch (error) {
    await deps.outbox.release(message);
    throw error;
  }
}

/** A ticket mailed after its registration was cancelled would only be turned away at the door. */
function isCurrent({ kind }: OutboxMessage, { registration: { status } }: RegistrationWithEvent): boolean {
  if (kind === 'already-registered' || kind === 'link') return status !== 'cancelled';
  return kind === 'cancelled' || status === kind;
}
