import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { BusyError } from '../../kernel/errors.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { fromSendPaceItem, SEND_PACE_KEY, type SendQuota } from '../../mail/limits/sending.schema.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { fromOutboxItem } from '../../mail/outbox/outbox-items.store.ts';

export interface MailStore {
  /** Messages by their ids, as they are now: nobody is told that all have left while one was just written. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, OutboxMessage>>;
  /** What SES lets the account send, as far as that was noted lately. */
  readonly quota: () => Promise<SendQuota | undefined>;
}

/** What DynamoDB gives in one call. */
const BATCH = 100;
/** Calls at once: thousands of mails are read in a second, and no more of them are in memory than have to be. */
const AT_ONCE = 8;
const MOST_ATTEMPTS = 5;

export function mailStore({ client, outbox: table, system }: Given<'outbox', 'backOff'>): MailStore {
  async function readBatch(ids: readonly string[], found: Map<string, OutboxMessage>): Promise<void> {
    let wanted: Record<string, unknown>[] = ids.map((id) => ({ id }));
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      const answer = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
      );
      for (const message of (answer.Responses?.[table] ?? []).map(fromOutboxItem)) found.set(message.id, message);
      wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      if (wanted.length === 0) return;
      if (attempt === MOST_ATTEMPTS) throw new BusyError();
      await system.backOff(attempt);
    }
  }

  return {
    async read(ids) {
      const found = new Map<string, OutboxMessage>();
      const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
        ids.slice(index * BATCH, (index + 1) * BATCH),
      );
      const work = async (): Promise<void> => {
        for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) await readBatch(batch, found);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return found;
    },

    async quota() {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: SEND_PACE_KEY }));
      return Item && fromSendPaceItem(Item).pace;
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly mail: MailStore;
  }
}
