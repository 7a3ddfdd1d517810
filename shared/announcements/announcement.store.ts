import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { announcementKey } from '../kernel/dynamo/keys.ts';
import { queryPartition } from '../kernel/dynamo/query-partition.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import { compareCodes } from '../kernel/text/text-order.ts';
import { fromAnnouncementItem, type StoredAnnouncement } from './announcement-item.store.ts';

export interface AnnouncementStore {
  readonly read: (eventId: string, id: string) => Promise<StoredAnnouncement | undefined>;
  /** All of an event, the newest first. */
  readonly list: (eventId: string) => Promise<readonly StoredAnnouncement[]>;
}

export const announcementStore = ({ client, registry: table }: Database<'registry'>): AnnouncementStore => ({
  async read(eventId, id) {
    const Key = announcementKey(eventId, id);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && fromAnnouncementItem(Item);
  },

  async list(eventId) {
    const items = await queryPartition(client, table, announcementKey(eventId, '').pk);
    return items.map(fromAnnouncementItem).sort((a, b) => compareCodes(b.createdAt, a.createdAt));
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly announcements: AnnouncementStore;
  }
}
