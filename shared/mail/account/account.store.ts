import { BatchGetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dueIds } from '../../kernel/dynamo/due-ids.store.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { toMailAccountItem } from './mail-account.store.ts';
import type { MailAccount } from './mail-account.ts';

export interface AccountStore {
  readonly put: (account: MailAccount) => Promise<void>;
  /** When the oldest message was written of those that wait and cannot wait long; of a hundred where more do. ISO 8601. */
  readonly waitsSince: () => Promise<string | undefined>;
}

/** As many as one call reads. */
const MOST = 100;
/** Later than any message waits. */
const EVER = new Date('9999-01-01');

export const accountStore = ({ client, outbox: table }: Database<'outbox'>): AccountStore => ({
  async put(account) {
    await client.send(new PutCommand({ TableName: table, Item: toMailAccountItem(account) }));
  },

  async waitsSince() {
    const ids = await dueIds(client, table, 'mail', EVER, MOST);
    if (ids.length === 0) return undefined;
    // Addresses are not read.
    const wanted = { Keys: ids.map((id) => ({ id })), ProjectionExpression: 'createdAt' };
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: wanted } }));
    return (Responses?.[table] ?? []).map(({ createdAt }) => String(createdAt)).sort()[0];
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly account: AccountStore;
  }
}
