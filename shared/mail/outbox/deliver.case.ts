import { logError, logWarning } from '../../kernel/log.ts';
import { count, METRICS } from '../../kernel/metric.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Obstacle } from '../letter/letter.ts';
import { claim, RECONCILIATION } from './claim.case.ts';
import type { MailOutcome } from './mailer.case.ts';
import { type OutboxMessage, settledUntil } from './message.ts';
import type { Settled } from './message-writes.ts';
import type { AsRead } from './read-ahead.case.ts';
import { type WriteNeeds, type Written, writeMail } from './write-mail.case.ts';

type Deps = WriteNeeds & Needs<'mailer' | 'outbox'>;

/** Milliseconds before a message that was put off is tried again; each later wait is twice as long. */
export const FIRST_WAIT = 60 * 1000;
const LONGEST_WAIT = 60 * 60 * 1000;

/**
 * Brings one message as far as it goes now:
 *
 *   pending ──claim──> claimed ──SES accepts──────────────────> sent
 *      ^                │ │ └────SES refuses────> failed         ^
 *      └────put off─────┘ └─no answer, none noted─> unknown ──SES tells of it
 *
 * If SES's answer is lost, or we fall before noting it, SES's event still says that the mail left. Only where that
 * does not come either is the message claimed again, for a mail twice is better than a ticket lost. A sweep finds
 * whatever waits.
 *
 * @param ahead what was read of it with its batch
 * @throws when the message could not even be claimed or put off: nothing is known to wake it again
 */
export async function deliver(deps: Deps, id: string, ahead?: AsRead): Promise<void> {
  const message = await claim(deps, id, ahead);
  if (message === undefined) return;
  try {
    await send(deps, message);
  } catch (error) {
    logError('message not sent', error, { outboxId: id });
  }
}

async function send(deps: Deps, message: OutboxMessage): Promise<void> {
  const mail = await prepare(deps, message);
  if ('obstacle' in mail) return settle(deps, message, { state: 'failed', failure: mail.obstacle });
  const outcome = await hand(deps, message, mail);
  if (outcome.kind === 'accepted') return settle(deps, message, { state: 'sent', messageId: outcome.messageId });
  logWarning('SES did not take a message', { outboxId: message.id, outcome: outcome.kind, reason: outcome.reason });
  if (outcome.kind === 'refused') return settle(deps, message, { state: 'failed', failure: outcome.reason });
  await putOff(deps, message);
}

/** @throws when no answer came; the message says so then */
async function hand(deps: Deps, message: OutboxMessage, mail: Exclude<Written, Obstacle>): Promise<MailOutcome> {
  try {
    return await deps.mailer.send({ ...mail, outboxId: message.id });
  } catch (error) {
    await deps.outbox.markUnknown(message, new Date(deps.system.now().getTime() + RECONCILIATION));
    throw error;
  }
}

/** What SES tells of a mail may come before its answer is noted here; of another one, it was sent twice. */
async function settle(deps: Deps, message: OutboxMessage, settled: Settled): Promise<void> {
  const now = deps.system.now();
  const before = await deps.outbox.settle(message, settled, settledUntil(now));
  const isOther = settled.state === 'sent' && before?.state === 'sent' && before.messageId !== settled.messageId;
  if (isOther) count(METRICS.sentTwice, now);
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
