import type { OutboxMessage } from '../../shared/domain/message.ts';
import { logError, logWarning } from '../../shared/log.ts';
import { claim } from './claim.ts';
import type { Deps } from './deps.ts';
import { settledUntil } from './settled-until.ts';
import { type Written, writeMail } from './write-mail.ts';

/** Milliseconds before a message that was put off is tried again; each later wait is twice as long. */
export const FIRST_WAIT = 60 * 1000;
const LONGEST_WAIT = 60 * 60 * 1000;

/**
 * Brings one message as far as it goes now:
 *
 *   pending ──claim──> claimed ──SES accepts──> sent
 *      ^                  │ └──SES refuses──> failed
 *      └───put off────────┘
 *
 * If SES's answer is lost, or we fall before noting it, the claim stays: once its lease has run out the message is
 * sent again, for a mail twice is better than a ticket lost. A sweep finds whatever waits.
 *
 * @throws when the message could not even be claimed or put off: nothing is known to wake it again
 */
export async function deliver(deps: Deps, id: string): Promise<void> {
  const message = await claim(deps, id);
  if (message === undefined) return;
  try {
    await send(deps, message);
  } catch (error) {
    logError('message not sent', error, { outboxId: id });
  }
}

async function send(deps: Deps, message: OutboxMessage): Promise<void> {
  const forgetAt = settledUntil(deps.system.now());
  const mail = await prepare(deps, message);
  if ('obstacle' in mail) return deps.outbox.markFailed(message, mail.obstacle, forgetAt);
  const outcome = await deps.mailer.send({ ...mail, outboxId: message.id });
  if (outcome.kind === 'accepted') return deps.outbox.markSent(message, outcome.messageId, forgetAt);
  logWarning('SES did not take a message', { outboxId: message.id, outcome: outcome.kind, reason: outcome.reason });
  if (outcome.kind === 'refused') return deps.outbox.markFailed(message, outcome.reason, forgetAt);
  await putOff(deps, message);
}

/** Nothing is sent here: after a failure, another try need not reckon with a mail that left. */
async function prepare(deps: Deps, message: OutboxMessage): Promise<Written> {
  try {
    return await writeMail(deps, message);
  } catch (error) {
    await putOff(deps, message);
    throw error;
  }
}

function putOff(deps: Deps, message: OutboxMessage): Promise<void> {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (message.attempts - 1));
  return deps.outbox.putOff(message, new Date(deps.system.now().getTime() + wait));
}
