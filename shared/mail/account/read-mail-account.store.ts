import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { dueQueries } from '../../kernel/dynamo/due-ids.store.ts';
import type { DueQueue } from '../../kernel/dynamo/due-partition.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { fromMailAccountItem, MAIL_ACCOUNT_KEY } from './mail-account.store.ts';
import type { MailAccount } from './mail-account.ts';

export interface MailStore {
  readonly readAccount: () => Promise<MailAccount | undefined>;
  /** How many messages wait; reminders and digests count once their time has come. From an index, which lags. */
  readonly countWaiting: () => Promise<number>;
}

/** Later than any message waits. */
const EVER = '9999';

export function mailStore({ client, outbox: TableName, system }: Given<'outbox', 'now'>): MailStore {
  return {
    async readAccount() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: MAIL_ACCOUNT_KEY }));
      return Item && fromMailAccountItem(Item);
    },

    async countWaiting() {
      const now = system.now().toISOString();
      const [urgent, later] = await Promise.all([count('mail', EVER), count('mail-later', now)]);
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
