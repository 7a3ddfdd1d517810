import { announcementKey } from '../kernel/dynamo/keys.ts';
import { updateIf } from '../kernel/dynamo/update-if.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.ts';
import { putMessageOnce } from '../mail/outbox/put-message-once.store.ts';
import { registrationPages } from '../registration/list/registration-pages.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { announcementStore } from './announcement.store.ts';
import type { Announcement } from './announcement.ts';
import type { StoredAnnouncement } from './announcement-item.store.ts';
import type { Told } from './told.ts';
import { toldReader } from './told-reader.store.ts';

export interface GuardianNewsStore {
  readonly readTold: (eventId: string) => Promise<Told | undefined>;
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
