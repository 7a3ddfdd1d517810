import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { pendingAnswerKey } from '../kernel/dynamo/keys.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { putMessage } from '../mail/outbox/outbox-items.store.ts';
import { releaseLock } from '../registration/lock.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { deleteRegistration } from '../registration/registration.store.ts';
import { leaveIndex } from '../registration/tombstone.store.ts';
import {
  fromGuardianItem,
  fromPendingAnswerItem,
  type Guardian,
  guardianKey,
  type PendingAnswer,
} from './consent/guardian.schema.ts';
import { deleteGuardian, deleteMessage, deletePendingAnswer } from './consent/guardian.store.ts';

/** Physical names of the tables that hold something of a minor before their registration is complete. */
export interface YoungTables {
  readonly registry: string;
  readonly outbox: string;
  readonly care: string;
}

type Identity = Pick<Registration, 'eventId' | 'reference'>;

export interface YoungStore {
  /** Reads `Care`: for the guardian's own function. */
  readonly readGuardian: (of: Identity) => Promise<Guardian | undefined>;
  /** Nothing for a registration of which no answer is awaited. */
  readonly readPending: (of: Identity & Pick<Registration, 'minor'>) => Promise<PendingAnswer | undefined>;
  /** Awaited answers whose time is over, longest first. */
  readonly overdue: (now: Date, most: number) => Promise<readonly PendingAnswer[]>;
  /** Forgets an awaited answer alone. */
  readonly forgetPending: (pending: PendingAnswer) => Promise<void>;
  /**
   * Deletes everything about a registration that was never completed: itself, its lock, its guardian, what waits to be
   * mailed about it (CS4). One message tells of it, where its address is proven.
   *
   * @param expiresAt of the message and a job, epoch seconds
   * @param also written with it
   * @param addressHash names its lock where no answer is awaited any more although the registration says so
   * @returns whether the registration was still as it was read; otherwise nothing is deleted
   */
  readonly purge: (
    registration: Registration,
    message: OutboxMessage | undefined,
    expiresAt: number,
    also?: readonly TransactItem[],
    addressHash?: string,
  ) => Promise<boolean>;
}

export function youngStore({ client, system, ...tables }: Given<'registry' | 'outbox' | 'care'>): YoungStore {
  const { registry, outbox, care } = tables;
  const readPending: YoungStore['readPending'] = async ({ eventId, reference, minor: { answerBy } = {} }) => {
    if (answerBy === undefined) return undefined;
    const item = await readItem(client, registry, pendingAnswerKey({ eventId, reference, answerBy }));
    return item && fromPendingAnswerItem(item);
  };
  return {
    readPending,

    async readGuardian(of) {
      const item = await readItem(client, care, guardianKey(of));
      return item && fromGuardianItem(item);
    },

    async overdue(now, most) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: registry,
          KeyConditionExpression: 'pk = :pk AND sk <= :now',
          ExpressionAttributeValues: {
            ':pk': pendingAnswerKey({ answerBy: '', eventId: '', reference: '' }).pk,
            ':now': now.toISOString(),
          },
          Limit: most,
          ConsistentRead: true,
        }),
      );
      return Items.map(fromPendingAnswerItem);
    },

    async forgetPending(pending) {
      await client.send(new DeleteCommand({ TableName: registry, Key: pendingAnswerKey(pending) }));
    },

    async purge(registration, message, expiresAt, also = [], addressHash = undefined) {
      const pending = await readPending(registration);
      const lock = pending?.addressHash ?? addressHash;
      // Another request ended it, or moved it on, since it was read.
      if (lock === undefined) return false;
      const refusals = await transact(
        client,
        [
          deleteRegistration(registry, registration),
          releaseLock(registry, registration, lock),
          ...(pending ? [deletePendingAnswer(registry, pending)] : []),
          deleteGuardian(care, registration),
          ...(pending?.reminders ?? []).map((id) => deleteMessage(outbox, id)),
          ...(message ? [putMessage(outbox, message, expiresAt)] : []),
          ...leaveIndex({ registry, outbox }, registration, expiresAt, system),
          ...also,
        ],
        system,
      );
      return refusals.length === 0;
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly young: YoungStore;
  }
}
