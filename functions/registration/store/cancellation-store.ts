import type { OutboxMessage } from '../../../shared/domain/message.ts';
import type { Registration, Seat } from '../../../shared/domain/registration.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { lockKey, quotaKey, registrationKey } from '../../../shared/store/keys.ts';
import { type TransactItem, transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';
import type { Tables } from './submission-store.ts';
import { putMessage } from './writes.ts';

export interface Cancellation {
  /** As it stood when the cancellation was decided. */
  readonly registration: Registration;
  readonly addressHash: string;
  readonly message: OutboxMessage;
}

export interface CancellationStore {
  /**
   * Cancels, gives back the seats or places in a queue, frees the address and tells by mail: all or nothing.
   *
   * @returns whether it was written; if not, the registration has changed since it was read
   */
  readonly cancel: (cancellation: Cancellation) => Promise<boolean>;
}

const UNCHANGED = 'revision = :revision';
const LOCK_IS_OURS = 'attribute_not_exists(pk) OR #reference = :reference';
const SOMEONE_COUNTED = { taken: 'taken > :none', waiting: 'waiting > :none' } as const;

export function cancellationStore(client: DocumentClient, tables: Tables, system: System): CancellationStore {
  return {
    async cancel({ registration, addressHash, message }) {
      const items: TransactItem[] = [
        markCancelled(tables.registry, registration, message.createdAt),
        releaseAddress(tables.registry, registration, addressHash),
        putMessage(tables.outbox, message),
        ...registration.seats.map((seat) => giveBack(tables.registry, registration.eventId, seat)),
      ];
      return (await transact(client, items, system)).length === 0;
    },
  };
}

const markCancelled = (table: string, registration: Registration, now: string): TransactItem => ({
  Update: {
    TableName: table,
    Key: registrationKey(registration.eventId, registration.reference),
    UpdateExpression: 'SET #status = :cancelled, seats = :none, revision = :next, changedAt = :now',
    ConditionExpression: UNCHANGED,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':cancelled': 'cancelled',
      ':none': [],
      ':revision': registration.revision,
      ':next': registration.revision + 1,
      ':now': now,
    },
  },
});

const releaseAddress = (table: string, registration: Registration, addressHash: string): TransactItem => ({
  Delete: {
    TableName: table,
    Key: lockKey(registration.eventId, addressHash),
    ConditionExpression: LOCK_IS_OURS,
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':reference': registration.reference },
  },
});

const giveBack = (table: string, eventId: string, seat: Seat): TransactItem => ({
  Update: {
    TableName: table,
    Key: quotaKey(eventId, seat.quota, seat.shard),
    UpdateExpression: `ADD ${seat.state} :minusOne`,
    ConditionExpression: SOMEONE_COUNTED[seat.state],
    ExpressionAttributeValues: { ':minusOne': -1, ':none': 0 },
  },
});
