import type { MailEvent } from '../../shared/contract/mail-event.ts';
import { afterFate } from '../../shared/domain/mail-fate.ts';
import type { OutboxMessage } from '../../shared/domain/message.ts';
import { updateIf } from '../../shared/kernel/dynamo/update-if.store.ts';
import { noteFate } from '../../shared/store/message-writes.ts';
import { fromOutboxItem } from '../../shared/store/outbox-item.ts';
import type { Deps } from './deps.ts';
import { fateOf } from './fate-of.ts';

/** Notes on a message what became of its mail; nothing is written where that is known. A refused write means that more is known than before. */
export async function noteFateByEvent(
  { client, outbox }: Pick<Deps, 'client' | 'outbox'>,
  message: OutboxMessage,
  event: MailEvent,
): Promise<void> {
  const told = fateOf(event);
  const fate = told && afterFate(message.fate, told);
  if (fate === undefined) return;
  const old = await updateIf(client, noteFate(outbox, message, fate));
  if (old !== 'done' && old !== undefined) await noteFateByEvent({ client, outbox }, fromOutboxItem(old), event);
}
