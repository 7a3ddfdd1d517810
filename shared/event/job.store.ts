import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dueIds } from '../kernel/dynamo/due-ids.store.ts';
import { updateIf } from '../kernel/dynamo/transact.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import { fromJobItem, type Job, toJobItem } from '../mail/outbox/outbox-items.store.ts';

export interface JobStore {
  /** Nothing for a job that is done. */
  readonly read: (id: string) => Promise<Job | undefined>;
  /** @param expiresAt epoch seconds */
  readonly add: (job: Job, expiresAt: number) => Promise<void>;
  readonly forget: (id: string) => Promise<void>;
  /** Has one that waits, and that is still there, wait until then. */
  readonly defer: (id: string, until: Date) => Promise<void>;
  /** Ids of jobs whose wait is over, longest first. From an index: doing one finds out whether it is so. */
  readonly due: (now: Date, most: number) => Promise<readonly string[]>;
}

export const jobStore = ({ client, outbox: TableName }: Database<'outbox'>): JobStore => ({
  async read(id) {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }));
    return Item && fromJobItem(Item);
  },
  async add(job, expiresAt) {
    await client.send(new PutCommand({ TableName, Item: { ...toJobItem(job), expiresAt } }));
  },
  async forget(id) {
    await client.send(new DeleteCommand({ TableName, Key: { id } }));
  },
  async defer(id, until) {
    await updateIf(client, {
      TableName,
      Key: { id },
      UpdateExpression: 'SET notBefore = :until',
      ConditionExpression: 'attribute_exists(notBefore)',
      ExpressionAttributeValues: { ':until': until.toISOString() },
    });
  },
  due: (now, most) => dueIds(client, TableName, 'job', now, most),
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly jobs: JobStore;
  }
}
