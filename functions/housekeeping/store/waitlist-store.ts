import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { waitlistKey } from '../../../shared/store/keys.ts';
import { type RulesReader, rulesReader } from '../../../shared/store/rules-reader.ts';
import { fromWaitlistItem, type WaitlistEntry } from '../../../shared/store/waitlist-item.ts';

export interface WaitlistStore {
  readonly readEvent: RulesReader;
  /** Everyone who waits, the longest first. */
  readonly pages: (eventId: string) => AsyncIterable<readonly WaitlistEntry[]>;
}

/** Places that are looked at together. */
const AT_ONCE = 100;

export function waitlistStore(client: DocumentClient, table: string): WaitlistStore {
  return {
    readEvent: rulesReader(client, table),

    async *pages(eventId) {
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': waitlistKey(eventId, '', '').pk },
        ConsistentRead: true,
      };
      for await (const { Items = [] } of paginateQuery({ client, pageSize: AT_ONCE }, query)) {
        yield Items.map(fromWaitlistItem);
      }
    },
  };
}
