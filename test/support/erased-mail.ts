import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { putMessage } from '../../shared/mail/outbox/outbox-items.store.ts';
import type { Parts } from './parts.ts';

let people = 0;

/** Writes mail that is made from the event alone, each to someone else. */
export async function writeErased({ database }: Parts, count: number): Promise<void> {
  const documents = documentClient();
  for (let left = count; left > 0; left -= 1) {
    people += 1;
    const about = { eventId: 'asean-ict-forum', reference: 'AAAAAAAAAA', language: 'en' };
    const message = newMessage(realSystem, 'erased', { ...about, email: `person-${people}@example.org` });
    await writeAll(documents, [putMessage(database.tables.outbox, message, 2 ** 32)], realSystem);
  }
}
