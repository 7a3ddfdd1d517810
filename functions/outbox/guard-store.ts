import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../shared/store/client.ts';
import { toGuardAttributes } from '../../shared/store/guard-item.ts';
import { guardKey } from '../../shared/store/keys.ts';

export interface GuardStore {
  /** Asks whoever sends a form of an event for proof of work, until then. */
  readonly raise: (eventId: string, until: Date) => Promise<void>;
}

export const guardStore = (client: DocumentClient, table: string): GuardStore => ({
  async raise(eventId, until) {
    const Item = { ...guardKey(eventId), ...toGuardAttributes(until) };
    await client.send(new PutCommand({ TableName: table, Item }));
  },
});
