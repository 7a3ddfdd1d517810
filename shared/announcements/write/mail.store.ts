import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import { once } from '../../kernel/once.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { fromSendPaceItem, SEND_PACE_KEY, type SendQuota } from '../../mail/limits/sending.schema.ts';
import { storedMessage } from '../../mail/outbox/message.schema.ts';
import type { MailResult } from '../announcement.ts';

export interface MailStore {
  /**
   * What became of mails, by their ids.
   *
   * @param isConsistent as they are now, which costs twice as much: nobody is told that all have left while one was just written
   */
  readonly outcomes: (ids: readonly string[], isConsistent: boolean) => Promise<ReadonlyMap<string, MailResult>>;
  /** What SES lets the account send, as far as that was noted lately. */
  readonly quota: () => Promise<SendQuota | undefined>;
}

/** What DynamoDB gives in one call. */
const BATCH = 100;
/** Calls at once: thousands of mails are read in a second, and no more of them are in memory than have to be. */
const AT_ONCE = 8;
const MOST_ATTEMPTS = 5;
const outcome = once(() => storedMessage().pick({ id: true, state: true, failure: true, fate: true }));
const OUTCOME = {
  ProjectionExpression: 'id, #state, failure, fate',
  ExpressionAttributeNames: { '#state': 'state' },
} as const;

export function mailStore({ client, outbox: table, system }: Given<'outbox', 'backOff'>): MailStore {
  async function readBatch(ids: readonly string[], ConsistentRead: boolean, found: Map<string, MailResult>) {
    let wanted: Record<string, unknown>[] = ids.map((id) => ({ id }));
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      const answer = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead, ...OUTCOME } } }),
      );
      for (const item of answer.Responses?.[table] ?? []) {
        const { id, state, failure, fate } = outcome().parse(item);
        found.set(id, { state, ...(failure && { failure }), ...(fate && { fate: { what: fate.what } }) });
      }
      wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      if (wanted.length === 0) return;
      if (attempt === MOST_ATTEMPTS) throw new BusyError();
      await system.backOff(attempt);
    }
  }

  return {
    async outcomes(ids, isConsistent) {
      const found = new Map<string, MailResult>();
      const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
        ids.slice(index * BATCH, (index + 1) * BATCH),
      );
      const work = async (): Promise<void> => {
        for (let batch = batches.pop(); batch !== undefined; batch = batches.pop())
          await readBatch(batch, isConsistent, found);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return found;
    },

    async quota() {
      const item = await readItem(client, table, SEND_PACE_KEY, { consistent: false });
      return item && fromSendPaceItem(item).pace;
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly mail: MailStore;
  }
}
