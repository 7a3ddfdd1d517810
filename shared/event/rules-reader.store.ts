import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { eventKey } from '../kernel/dynamo/keys.ts';
import type { Database } from '../kernel/parts.store.ts';
import type { EventDefinition } from './event.ts';
import { asRulesItem, rulesOf } from './event-item.store.ts';

export type RulesReader = (eventId: string) => Promise<EventDefinition<string> | undefined>;

/** Reads the rules of an event as they are now; of its words, only their keys. */
export const rulesReader =
  ({ client, registry: table }: Database<'registry'>): RulesReader =>
  async (eventId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: eventKey(eventId), ConsistentRead: true }),
    );
    return Item && rulesOf(asRulesItem(Item));
  };

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly readRules: RulesReader;
  }
}
