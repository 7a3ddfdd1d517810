import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { announcementKey } from '../kernel/dynamo/keys.ts';
import { queryPartition } from '../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import type { System } from '../kernel/system.store.ts';
import { compareCodes } from '../kernel/text/text.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import { putJob } from '../mail/outbox/outbox-items.store.ts';
import type { Tables } from '../registration/registration.store.ts';
import { type Announcement, type StoredAnnouncement, storedAnnouncement } from './announcement.schema.ts';

/** @param expiresAt epoch seconds */
const toAnnouncementItem = (announcement: Announcement, expiresAt: number) => ({
  ...announcementKey(announcement.eventId, announcement.id),
  v: 1,
  ...announcement,
  written: 0,
  expiresAt,
});

function fromAnnouncementItem(item: Record<string, unknown>): StoredAnnouncement {
  const { v: _, ...announcement } = storedAnnouncement().parse(item);
  return announcement;
}

interface AnnouncementStore {
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

/**
 * Makes an announcement, with the job that writes its mails: for the transaction of whatever it tells. Refused where there is
 * one of its name already, so that nobody is told twice.
 *
 * @param expiresAt epoch seconds: when the event's registrations are forgotten
 */
export const announce = (
  system: System,
  { registry, outbox }: Tables,
  announcement: Announcement,
  expiresAt: number,
): readonly TransactItem[] => [
  {
    Put: {
      TableName: registry,
      Item: toAnnouncementItem(announcement, expiresAt),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  },
  putJob(outbox, newJob(system, 'announce', announcement.eventId, { reference: announcement.id }), expiresAt),
];
