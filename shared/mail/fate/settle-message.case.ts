import { updateIf } from '../../kernel/dynamo/transact.store.ts';
import { count, logger } from '../../kernel/log.store.ts';
import { METRICS } from '../../kernel/metrics.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type MessageState, type OutboxMessage, UNSETTLED_STATES } from '../outbox/message.schema.ts';
import { fromOutboxItem, noteFate, type Settled, settledUntil, settleMessage } from '../outbox/outbox-items.store.ts';
import { FATES, type MailEvent, type MailFate } from './mail-event.schema.ts';
import { fateOf } from './mail-fate.ts';

/**
 * Notes on a message what SES tells of its mail: whatever it tells, it has taken it. So a message whose sender got no
 * answer, or fell before noting it, is not sent again.
 */
export async function settleByEvent(
  deps: Needs<'client' | 'outboxTable' | 'system'>,
  message: OutboxMessage,
  event: MailEvent,
): Promise<void> {
  const now = deps.system.now();
  const { messageId } = event.mail;
  if (event.eventType === 'Send' && message.state === 'sent' && message.messageId !== messageId) {
    count(METRICS.sentTwice);
  }
  const isFailure = event.eventType === 'Reject' || event.eventType === 'Rendering Failure';
  if (isFailure) logger.warn('SES took a message and did not send it', { outboxId: message.id, why: event.eventType });
  const settled: Settled = isFailure ? { state: 'failed', failure: event.eventType } : { state: 'sent', messageId };
  const from: readonly MessageState[] = isFailure ? [...UNSETTLED_STATES, 'sent'] : UNSETTLED_STATES;
  if (!from.includes(message.state)) return;
  await updateIf(deps.client, settleMessage(deps.outboxTable, message, from, settled, settledUntil(now)));
}

/** Notes on a message what became of its mail; nothing is written where that is known. A refused write means that more is known than before. */
export async function noteFateByEvent(
  { client, outboxTable }: Pick<Needs<'client' | 'outboxTable'>, 'client' | 'outboxTable'>,
  message: OutboxMessage,
  event: MailEvent,
): Promise<void> {
  const told = fateOf(event);
  const fate = told && afterFate(message.fate, told);
  if (fate === undefined) return;
  const old = await updateIf(client, noteFate(outboxTable, message, fate));
  if (old !== 'done' && old !== undefined) await noteFateByEvent({ client, outboxTable }, fromOutboxItem(old), event);
}

/** What is known of a mail after an event; nothing where it tells nothing new. Events come twice, late and in any order. */
export const afterFate = (before: MailFate | undefined, told: MailFate): MailFate | undefined =>
  before === undefined || FATES.indexOf(before.what) < FATES.indexOf(told.what) ? told : undefined;
