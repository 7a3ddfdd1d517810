import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { MailAccount } from '../../shared/domain/mail-account.ts';
import type { DocumentClient } from '../../shared/store/client.ts';
import { fromMailAccountItem, MAIL_ACCOUNT_KEY } from '../../shared/store/mail-account-item.ts';
import { DUE } from '../../shared/store/outbox-item.ts';
import { TABLES } from '../../shared/store/tables.ts';
import type { System } from '../../shared/system.ts';

export interface MailStore {
  readonly readAccount: () => Promise<MailAccount | undefined>;
  /** How many messages wait; reminders and digests count once their time has come. From an index, which lags. */
  readonly countWaiting: () => Promise<number>;
}

const INDEX = 'due';
const { partitionKey, sortKey } = TABLES.outbox.indexes[INDEX];
/** Later than any message waits. */
const EVER = '9999';

export function mailStore(client: DocumentClient, TableName: string, system: Pick<System, 'now'>): MailStore {
  return {
    async readAccount() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: MAIL_ACCOUNT_KEY }));
      return Item && fromMailAccountItem(Item);
    },

    async countWaiting() {
      const now = system.now().toISOString();
      const [urgent, later] = await Promise.all([count(DUE.now, EVER), count(DUE.later, now)]);
      return urgent + later;
    },
  };

  async function count(due: string, until: string): Promise<number> {
    const query = {
      TableName,
      IndexName: INDEX,
      KeyConditionExpression: '#due = :due AND #notBefore <= :until',
      ExpressionAttributeNames: { '#due': partitionKey, '#notBefore': sortKey },
      ExpressionAttributeValues: { ':due': due, ':until': until },
      Select: 'COUNT' as const,
    };
    let sum = 0;
    for await (const { Count = 0 } of paginateQuery({ client }, query)) sum += Count;
    return sum;
  }
}
