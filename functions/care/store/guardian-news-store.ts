import type { Announcement } from '../../../shared/domain/announcement.ts';
import type { Told } from '../../../shared/domain/told.ts';
import type { DocumentClient } from '../../../shared/kernel/dynamo/client.store.ts';
import { announcementKey } from '../../../shared/kernel/dynamo/keys.ts';
import { updateIf } from '../../../shared/kernel/dynamo/update-if.store.ts';
import type { OutboxMessage } from '../../../shared/mail/outbox/message.ts';
import { putMessageOnce } from '../../../shared/mail/outbox/put-message-once.store.ts';
import { registrationPages } from '../../../shared/registration/list/registration-pages.store.ts';
import type { Registration } from '../../../shared/registration/registration.ts';
import type { Tables } from '../../../shared/registration/writes.store.ts';
import type { StoredAnnouncement } from '../../../shared/store/announcement-item.ts';
import { announcementStore } from '../../../shared/store/announcement-store.ts';
import { toldReader } from '../../../shared/store/told-reader.ts';

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

export function guardianNewsStore(client: DocumentClient, { registry, outbox }: Tables): GuardianNewsStore {
  return {
    readTold: toldReader(client, registry),
    readAnnouncement: announcementStore(client, registry).read,
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
