import { updateIf } from '../../kernel/dynamo/update-if.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import { noteFate } from '../outbox/message-writes.ts';
import { fromOutboxItem } from '../outbox/outbox-item.store.ts';
import { fateOf } from './fate-of.ts';
import type { MailEvent } from './mail-event.schema.ts';
import { afterFate } from './mail-fate.ts';

type Deps = Needs<'client' | 'outboxTable'>;

/** Notes on a message what became of its mail; nothing is written where that is known. A refused write means that more is known than before. */
export async function noteFateByEvent(
  { client, outboxTable }: Pick<Deps, 'client' | 'outboxTable'>,
  message: OutboxMessage,
  event: MailEvent,
): Promise<void> {
  const told = fateOf(event);
  const fate = told && afterFate(message.fate, told);
  if (fate === undefined) return;
  const old = await updateIf(client, noteFate(outboxTable, message, fate));
  if (old !== 'done' && old !== undefined) await noteFateByEvent({ client, outboxTable }, fromOutboxItem(old), event);
}
