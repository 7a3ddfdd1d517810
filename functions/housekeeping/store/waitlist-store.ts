import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../../shared/domain/event.ts';
import { type Counter, type CounterId, counterName } from '../../../shared/domain/quota.ts';
import { batchGet } from '../../../shared/store/batch-get.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { fromCounterItem } from '../../../shared/store/counter-item.ts';
import { counterKey, waitlistKey } from '../../../shared/store/keys.ts';
import { type RulesReader, rulesReader } from '../../../shared/store/rules-reader.ts';
import { fromWaitlistItem, type WaitlistEntry } from '../../../shared/store/waitlist-item.ts';
import type { System } from '../../../shared/system.ts';

export interface WaitlistStore {
  readonly readEvent: RulesReader;
  /** Everyone who waits, the longest first. */
  readonly pages: (eventId: string) => AsyncIterable<readonly WaitlistEntry[]>;
  /** Counters by `counterName`; of a limit per organisation or country with one counter by the capacity that the event says. */
  readonly readCounters: (
    event: EventDefinition<string>,
    ids: readonly CounterId[],
  ) => Promise<ReadonlyMap<string, Counter>>;
}

/** Places that are looked at together. */
const AT_ONCE = 100;

export function waitlistStore(client: DocumentClient, table: string, system: System): WaitlistStore {
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

    async readCounters({ id: eventId, quotas }, ids) {
      const found = new Map<string, Counter>();
      const keys = ids.map((id) => counterKey(eventId, id));
      const item = await batchGet(client, table, keys, system, true);
      for (const id of ids) {
        const counter = item(counterKey(eventId, id));
        if (counter === undefined) continue;
        const seen = fromCounterItem(counter);
        const isTold = id.group !== undefined && seen.split === undefined;
        const capacity = isTold ? quotas.find((quota) => quota.id === id.quota)?.capacity : undefined;
        found.set(counterName(id), { ...seen, ...(capacity && { capacity }) });
      }
      return found;
    },
  };
}
