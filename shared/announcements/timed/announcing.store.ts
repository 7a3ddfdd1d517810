import { announcementKey } from '../../kernel/dynamo/keys.ts';
import { transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { putMessageOnce } from '../../mail/outbox/outbox-items.store.ts';
import { registrationPages } from '../../registration/list/registration-list.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { Announcement, AnnouncementProgress } from '../announcement.schema.ts';
import { announce, stopAnnouncement } from '../announcement.store.ts';

/** A step in writing the mails of an announcement. */
interface Step extends Pick<AnnouncementProgress, 'cursor' | 'doneAt'> {
  /** Mails that were written in it. */
  readonly more: number;
}

export interface AnnouncingStore {
  /** Makes one that nobody makes: nothing where there is one of its name already. @param expiresAt epoch seconds */
  readonly make: (announcement: Announcement, expiresAt: number) => Promise<void>;
  /** Pages of an event's registrations, in the order of references, after one of them. */
  readonly registrations: (eventId: string, after: string | undefined) => AsyncIterable<readonly Registration[]>;
  /** @returns whether it was written: a mail of this id may be there already */
  readonly write: (message: OutboxMessage, expiresAt: number) => Promise<boolean>;
  /** Notes how far it came. @returns whether nobody else went on from the same place meanwhile, or stopped it */
  readonly note: (announcement: Announcement, from: string | undefined, step: Step) => Promise<boolean>;
  /** Stops one whose sender may not write to many any more, unless it is stopped. */
  readonly stop: (announcement: Announcement) => Promise<void>;
}

export const announcingStore = ({
  client,
  registry,
  outbox,
  system,
}: Given<'registry' | 'outbox'>): AnnouncingStore => ({
  async make(announcement, expiresAt) {
    await transact(client, announce(system, { registry, outbox }, announcement, expiresAt), system);
  },

  registrations: (eventId, after) => registrationPages(client, registry, eventId, after),

  write: (message, expiresAt) => putMessageOnce(client, outbox, message, expiresAt),

  async note({ eventId, id }, from, { cursor, more, doneAt }) {
    // Where it came to is somebody's reference, who may be erased later (CS20): nothing goes on from the end.
    const goesOn = cursor === undefined ? '' : 'SET #cursor = :cursor ';
    const noted = await updateIf(client, {
      TableName: registry,
      Key: announcementKey(eventId, id),
      UpdateExpression: `${doneAt ? 'SET doneAt = :doneAt REMOVE #cursor ' : goesOn}ADD written :more`,
      ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(doneAt) AND attribute_not_exists(stoppedAt) AND ${
        from === undefined ? 'attribute_not_exists(#cursor)' : '#cursor = :from'
      }`,
      ExpressionAttributeNames: { '#cursor': 'cursor' },
      ExpressionAttributeValues: {
        ':more': more,
        ...(doneAt ? { ':doneAt': doneAt } : cursor !== undefined && { ':cursor': cursor }),
        ...(from !== undefined && { ':from': from }),
      },
    });
    return noted === 'done';
  },

  async stop(announcement) {
    const said = { stoppedAt: system.now().toISOString(), senderLeft: true } as const;
    await transact(client, [stopAnnouncement(registry, announcement, said)], system);
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly announcing: AnnouncingStore;
  }
}
