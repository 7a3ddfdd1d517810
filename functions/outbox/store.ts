import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { NO_MAIL_YET } from '../../shared/domain/mail-cap.ts';
import type { OutboxMessage } from '../../shared/domain/message.ts';
import type { DocumentClient } from '../../shared/store/client.ts';
import { dueIds } from '../../shared/store/due-ids.ts';
import { fromMailCapItem, mailCapKey, type StoredCap } from '../../shared/store/mail-cap-item.ts';
import { messageReader } from '../../shared/store/message-reader.ts';
import { DUE } from '../../shared/store/outbox-item.ts';
import { type Patient, transact } from '../../shared/store/transact.ts';
import { type CapChange, claimMessage, putCap, putOffMessage, settleMessage, waitForTurn } from './writes.ts';

export interface OutboxStore {
  readonly read: (id: string) => Promise<OutboxMessage | undefined>;
  readonly readCap: (recipient: string) => Promise<StoredCap>;
  /**
   * Claims a message and counts it, both or neither.
   *
   * @param message as it was read
   * @returns the message as it is now; undefined when it or the cap changed since they were read
   */
  readonly claim: (message: OutboxMessage, change: CapChange, leaseUntil: Date) => Promise<OutboxMessage | undefined>;
  /** Promises a message its turn. @returns whether neither it nor the cap changed since they were read */
  readonly promise: (message: OutboxMessage, change: CapChange, notBefore: Date) => Promise<boolean>;
  /** @param forgetAt epoch seconds */
  readonly markSent: (claimed: OutboxMessage, messageId: string, forgetAt: number) => Promise<void>;
  /**
   * @param message claimed, or one that is not to be sent at all
   * @param reason a code, never an address
   */
  readonly markFailed: (message: OutboxMessage, reason: string, forgetAt: number) => Promise<void>;
  /** Gives a claim back, for a later try: it was certainly not sent. */
  readonly putOff: (claimed: OutboxMessage, notBefore: Date) => Promise<void>;
  /** Ids of messages whose lease or wait is over, longest first. From an index: a claim finds out whether it is so. */
  readonly due: (now: Date, most: number) => Promise<readonly string[]>;
}

export function outboxStore(client: DocumentClient, table: string, system: Patient): OutboxStore {
  const get = async (Key: { id: string }) =>
    (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  return {
    read: messageReader(client, table),

    async readCap(recipient) {
      const item = await get(mailCapKey(recipient));
      return item ? fromMailCapItem(item) : { ...NO_MAIL_YET, revision: 0 };
    },

    async claim(message, change, leaseUntil) {
      const items = [claimMessage(table, message, leaseUntil), putCap(table, change)];
      const refused = await transact(client, items, system);
      return refused.length > 0 ? undefined : { ...message, state: 'claimed', attempts: message.attempts + 1 };
    },

    async promise(message, change, notBefore) {
      const items = [waitForTurn(table, message, notBefore), putCap(table, change)];
      return (await transact(client, items, system)).length === 0;
    },

    async markSent(claimed, messageId, forgetAt) {
      await client.send(new UpdateCommand(settleMessage(table, claimed, 'sent', { messageId }, forgetAt)));
    },

    async markFailed(claimed, failure, forgetAt) {
      await client.send(new UpdateCommand(settleMessage(table, claimed, 'failed', { failure }, forgetAt)));
    },

    async putOff(claimed, notBefore) {
      await client.send(new UpdateCommand(putOffMessage(table, claimed, notBefore)));
    },

    due: (now, most) => dueIds(client, table, DUE, now, most),
  };
}
