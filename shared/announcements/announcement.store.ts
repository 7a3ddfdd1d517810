import { announcedToKey, announcementKey, NOT_THERE } from '../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../kernel/dynamo/queries.store.ts';
import { type TransactItem, updateIf } from '../kernel/dynamo/transact.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import type { System } from '../kernel/system.store.ts';
import { compareCodes } from '../kernel/text/text.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import { putJob } from '../mail/outbox/outbox-items.store.ts';
import type { Tables } from '../registration/registration.store.ts';
import {
  type Announcement,
  type AnnouncementProgress,
  type StoredAnnouncement,
  storedAnnouncedTo,
  storedAnnouncement,
} from './announcement.schema.ts';

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

const ERASED = '';

/** What has not been claimed by then does not leave any more. Refused where it was stopped before, or its event was forgotten. */
export const stopAnnouncement = (
  table: string,
  { eventId, id }: Pick<Announcement, 'eventId' | 'id'>,
  { stoppedAt, senderLeft }: Pick<AnnouncementProgress, 'senderLeft'> & { readonly stoppedAt: string },
): TransactItem => ({
  Update: {
    TableName: table,
    Key: announcementKey(eventId, id),
    // Nothing goes on from where it came to, which is somebody's reference.
    UpdateExpression: `SET stoppedAt = :now${senderLeft ? ', senderLeft = :left' : ''} REMOVE #cursor`,
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(stoppedAt)',
    ExpressionAttributeNames: { '#cursor': 'cursor' },
    ExpressionAttributeValues: { ':now': stoppedAt, ...(senderLeft && { ':left': true }) },
  },
});

/** @param expiresAt epoch seconds */
export const putAnnouncedTo = (
  table: string,
  { eventId, id }: Pick<Announcement, 'eventId' | 'id'>,
  people: readonly string[],
  expiresAt: number,
): TransactItem => ({
  Put: { TableName: table, Item: { ...announcedToKey(eventId, id), v: 1, people, expiresAt } },
});

export const fromAnnouncedToItem = (item: Record<string, unknown>): readonly string[] =>
  storedAnnouncedTo().parse(item).people;

interface AnnouncementStore {
  readonly read: (eventId: string, id: string) => Promise<StoredAnnouncement | undefined>;
  /** All of an event, the newest first. */
  readonly list: (eventId: string) => Promise<readonly StoredAnnouncement[]>;
  /** References of those who were chosen for it, but for erased ones; nothing where it is for whoever meets what it names. */
  readonly chosen: (of: Pick<Announcement, 'eventId' | 'id' | 'segment'>) => Promise<ReadonlySet<string> | undefined>;
  /** Leaves a person among those who were chosen for any announcement of an event no more. */
  readonly forget: (eventId: string, reference: string) => Promise<void>;
}

export const announcementStore = ({ client, registry: table }: Database<'registry'>): AnnouncementStore => ({
  async read(eventId, id) {
    const item = await readItem(client, table, announcementKey(eventId, id));
    return item && fromAnnouncementItem(item);
  },

  async list(eventId) {
    const items = await queryPartition(client, table, announcementKey(eventId, '').pk);
    return items.map(fromAnnouncementItem).sort((a, b) => compareCodes(b.createdAt, a.createdAt));
  },

  async chosen({ eventId, id, segment }) {
    if (segment.chosen === undefined) return undefined;
    const item = await readItem(client, table, announcedToKey(eventId, id));
    return new Set(item && fromAnnouncedToItem(item).filter((reference) => reference !== ERASED));
  },

  async forget(eventId, reference) {
    for (const item of await queryPartition(client, table, announcedToKey(eventId, '').pk)) {
      const place = fromAnnouncedToItem(item).indexOf(reference);
      if (place < 0) continue;
      await updateIf(client, {
        TableName: table,
        Key: announcedToKey(eventId, String(item['sk'])),
        UpdateExpression: `SET people[${place}] = :erased`,
        ConditionExpression: `people[${place}] = :reference`,
        ExpressionAttributeValues: { ':erased': ERASED, ':reference': reference },
      });
    }
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
 * @param chosen for whom it is, where its segment says that they were chosen
 */
export const announce = (
  system: System,
  { registry, outbox }: Tables,
  announcement: Announcement,
  expiresAt: number,
  chosen?: ReadonlySet<string>,
): readonly TransactItem[] => [
  {
    Put: {
      TableName: registry,
      Item: toAnnouncementItem(announcement, expiresAt),
      ConditionExpression: NOT_THERE,
    },
  },
  ...(chosen ? [putAnnouncedTo(registry, announcement, [...chosen].sort(), expiresAt)] : []),
  putJob(outbox, newJob(system, 'announce', announcement.eventId, { reference: announcement.id }), expiresAt),
];
