import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { compareCodes } from '../domain/text-order.ts';
import { fromAnnouncementItem, type StoredAnnouncement } from './announcement-item.ts';
import type { DocumentClient } from './client.ts';
import { announcementKey } from './keys.ts';
import { queryPartition } from './query-partition.ts';

export interface AnnouncementStore {
  readonly read: (eventId: string, id: string) => Promise<StoredAnnouncement | undefined>;
  /** All of an event, the newest first. */
  readonly list: (eventId: string) => Promise<readonly StoredAnnouncement[]>;
}

export const announcementStore = (client: DocumentClient, table: string): AnnouncementStore => ({
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
