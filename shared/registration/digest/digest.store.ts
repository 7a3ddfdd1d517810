import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { digestKey } from '../../kernel/dynamo/keys.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { type Digest, fromDigestItem } from './digest-item.schema.ts';

export interface DigestStore {
  /** @param id see `digestId` */
  readonly read: (eventId: string, id: string) => Promise<Digest | undefined>;
}

export const digestStore = ({ client, registry: table }: Database<'registry'>): DigestStore => ({
  async read(eventId, id) {
    const Key = digestKey(eventId, id);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && fromDigestItem(Item);
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly digests: DigestStore;
  }
}
