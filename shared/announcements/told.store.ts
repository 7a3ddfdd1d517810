import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { announcementKey, NOT_THERE, toldKey } from '../kernel/dynamo/keys.ts';
import { type TransactItem, updateIf } from '../kernel/dynamo/transact.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { putMessageOnce } from '../mail/outbox/outbox-items.store.ts';
import { registrationPages } from '../registration/list/registration-list.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Announcement, StoredAnnouncement } from './announcement.schema.ts';
import { type AnnouncedStatus, storedTold } from './announcement.schema.ts';
import { announcementStore } from './announcement.store.ts';

export function fromToldItem(item: Record<string, unknown>): AnnouncedStatus {
  const { v: _, ...told } = storedTold().parse(item);
  return told;
}

/**
 * Refused where it is not as it was read.
 *
 * @param told as it was read, but for what changed; of revision 0 where there was none
 * @param expiresAt epoch seconds
 */
export const putTold = (table: string, eventId: string, told: AnnouncedStatus, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...toldKey(eventId), v: 1, ...told, revision: told.revision + 1, expiresAt },
    ...(told.revision === 0
      ? { ConditionExpression: NOT_THERE }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': told.revision } }),
  },
});

type ToldReader = (eventId: string) => Promise<AnnouncedStatus | undefined>;

/** What people were told of an event, as it stands now; nothing before anything changed since its first publication. */
export const toldReader =
  ({ client, registry: table }: Database<'registry'>): ToldReader =>
  async (eventId) => {
    const command = new GetCommand({ TableName: table, Key: toldKey(eventId), ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item && fromToldItem(Item);
  };

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly readTold: ToldReader;
  }
}

interface GuardianNewsStore {
  readonly readTold: (eventId: string) => Promise<AnnouncedStatus | undefined>;
  readonly readAnnouncement: (eventId: string, id: string) => Promise<StoredAnnouncement | undefined>;
  /** Pages of an event's registrations, in the order of references. */
  readonly registrations: (eventId: string) => AsyncIterable<readonly Registration[]>;
  /** Nothing where a mail of this id is there already. @param expiresAt epoch seconds */
  readonly write: (message: OutboxMessage, expiresAt: number) => Promise<unknown>;
  /** Notes that all guardians were written to. */
  readonly markDone: (announcement: Announcement, now: Date) => Promise<void>;
}

export function guardianNewsStore({ client, registry, outbox }: Database<'registry' | 'outbox'>): GuardianNewsStore {
  return {
    readTold: toldReader({ client, registry }),
    readAnnouncement: announcementStore({ client, registry }).read,
    registrations: (eventId) => registrationPages(client, registry, eventId),
    write: (message, expiresAt) => putMessageOnce(client, outbox, message, expiresAt),

    async markDone({ eventId, id }, now) {
      await updateIf(client, {
        TableName: registry,
        Key: announcementKey(eventId, id),
        UpdateExpression: 'SET guardiansAt = :now',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':now': now.toISOString() },
      });
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly guardianNews: GuardianNewsStore;
  }
}
