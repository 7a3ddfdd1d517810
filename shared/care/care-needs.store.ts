import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { queryPartition } from '../kernel/dynamo/query-partition.store.ts';
import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import { CROCKFORD } from '../kernel/text/crockford.ts';
import {
  type Arranged,
  type CareNeeds,
  careNeedsKey,
  careNeedsPartition,
  fromCareNeedsItem,
  type Needy,
} from './care-needs-item.schema.ts';

export interface CareNeedsStore {
  /** All of an event, in no order. */
  readonly list: (eventId: string) => Promise<readonly CareNeeds[]>;
  readonly read: (of: Needy) => Promise<CareNeeds | undefined>;
  /**
   * Says that something is arranged, or is not after all, together with the note of who says so.
   *
   * @returns whether it still was the same text; otherwise nothing is written
   */
  readonly arrange: (needs: CareNeeds, arranged: Arranged | undefined, noted: TransactItem) => Promise<boolean>;
}

const SAME_TEXT = 'edition = :edition';

export const careNeedsStore = ({ client, care: table, system }: Given<'care'>): CareNeedsStore => ({
  async list(eventId) {
    const partitions = [...CROCKFORD].map((first) => queryPartition(client, table, careNeedsPartition(eventId, first)));
    return (await Promise.all(partitions)).flat().map(fromCareNeedsItem);
  },

  async read(of) {
    const Key = careNeedsKey(of);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && fromCareNeedsItem(Item);
  },

  async arrange(needs, arranged, noted) {
    const update: TransactItem = {
      Update: {
        TableName: table,
        Key: careNeedsKey(needs),
        UpdateExpression: arranged ? 'SET arranged = :arranged' : 'REMOVE arranged',
        ConditionExpression: SAME_TEXT,
        ExpressionAttributeValues: { ':edition': needs.edition, ...(arranged && { ':arranged': arranged }) },
      },
    };
    return (await transact(client, [update, noted], system)).length === 0;
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly careNeeds: CareNeedsStore;
  }
}
