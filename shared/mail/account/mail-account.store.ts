import { BatchGetCommand, PutCommand, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type DueQueue, dueIds, dueQueries, isNothingDue } from '../../kernel/dynamo/due-ids.store.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { MAIL_ACCOUNT_ID } from '../../kernel/dynamo/tables.ts';
import type { Database, Given } from '../../kernel/parts.store.ts';
import { type MailAccount, storedMailAccount } from '../limits/sending.schema.ts';

/** In the `Outbox` table, one for the whole system: all of it is replaced at the next look, minutes later. */
const MAIL_ACCOUNT_KEY = { id: MAIL_ACCOUNT_ID } as const;

export const toMailAccountItem = (account: MailAccount) => ({ ...MAIL_ACCOUNT_KEY, v: 1, ...account });

/** @returns nothing where it cannot be read: the next look replaces it */
export function fromMailAccountItem(item: Record<string, unknown>): MailAccount | undefined {
  const { data } = storedMailAccount().safeParse(item);
  if (data === undefined) return undefined;
  const { v: _, ...account } = data;
  return account;
}

interface AccountStore {
  readonly put: (account: MailAccount) => Promise<void>;
  /** When the oldest message was written of those that wait and cannot wait long; of a hundred where more do. ISO 8601. */
  readonly waitsSince: () => Promise<string | undefined>;
  /** When the turn came of what has waited longest for somebody to look at it, and cannot wait long. ISO 8601. */
  readonly dueSince: (now: Date) => Promise<string | undefined>;
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
    if (await isNothingDue(client, table, EVER)) return undefined;
    const ids = await dueIds(client, table, 'mail', EVER, MOST);
    if (ids.length === 0) return undefined;
    // Addresses are not read.
    const wanted = { Keys: ids.map((id) => ({ id })), ProjectionExpression: 'createdAt' };
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: wanted } }));
    return (Responses?.[table] ?? []).map(({ createdAt }) => String(createdAt)).sort()[0];
  },

  async dueSince(now) {
    if (await isNothingDue(client, table, now)) return undefined;
    const queries = dueQueries(table, 'mail', now.toISOString()).map((query) => ({ ...query, Limit: 1 }));
    const found = await Promise.all(queries.map((query) => client.send(new QueryCommand(query))));
    return found.flatMap(({ Items = [] }) => Items.map(({ notBefore }) => String(notBefore))).sort()[0];
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly account: AccountStore;
  }
}

interface MailStore {
  readonly readAccount: () => Promise<MailAccount | undefined>;
  /** How many messages wait; reminders and digests count once their time has come. From an index, which lags. */
  readonly countWaiting: () => Promise<number>;
}

/** Later than any message waits. */
const EVER_SENT = '9999';

export function mailAccountReader({ client, outbox: TableName, system }: Given<'outbox', 'now'>): MailStore {
  return {
    async readAccount() {
      const item = await readItem(client, TableName, MAIL_ACCOUNT_KEY, { consistent: false });
      return item && fromMailAccountItem(item);
    },

    async countWaiting() {
      const now = system.now().toISOString();
      const [urgent, later] = await Promise.all([count('mail', EVER_SENT), count('mail-later', now)]);
      return urgent + later;
    },
  };

  async function count(queue: DueQueue, until: string): Promise<number> {
    const counts = dueQueries(TableName, queue, until).map(async (query) => {
      let sum = 0;
      for await (const { Count = 0 } of paginateQuery({ client }, { ...query, Select: 'COUNT' })) sum += Count;
      return sum;
    });
    return (await Promise.all(counts)).reduce((sum, each) => sum + each, 0);
  }
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly mailAccount: MailStore;
  }
}
