import type { OutboxMessage } from '../../../shared/domain/message.ts';
import { type Counter, type CounterId, counterName } from '../../../shared/domain/quota.ts';
import type { Registration, Seat } from '../../../shared/domain/registration.ts';
import { batchGet } from '../../../shared/store/batch-get.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { fromCounterItem } from '../../../shared/store/counter-item.ts';
import { eventKey, lockKey, quotaKey, textKey } from '../../../shared/store/keys.ts';
import { itemReader, type LocalisedEvent, localisedEvent } from '../../../shared/store/localised-event.ts';
import { type AddressLock, fromLockItem } from '../../../shared/store/lock-item.ts';
import { type Refusal, type TransactItem, transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';
import { putLock, putMessage, putRegistration, rewriteLock, takeSeat } from './writes.ts';

/** Everything a submission is decided on, from one read. */
export interface SubmissionFacts {
  readonly localised: LocalisedEvent | undefined;
  readonly lock: AddressLock | undefined;
  /** By `counterName`, as far as this instance knew which counters the event has. */
  readonly counters: ReadonlyMap<string, Counter>;
}

/** What stood in the way of a write. */
export type Obstacle =
  | { readonly kind: 'address-taken'; readonly lock: AddressLock }
  | { readonly kind: 'reference-taken' }
  | { readonly kind: 'counters-changed'; readonly counters: ReadonlyMap<string, Counter> };

export interface SubmissionStore {
  readonly readFacts: (eventId: string, language: string, addressHash: string) => Promise<SubmissionFacts>;
  /** Registration, address lock, seats and mail: all or none. */
  readonly register: (entry: NewRegistration) => Promise<Obstacle | undefined>;
  /** Remembers a repeated request on the lock, and mails about it if there is a message. */
  readonly noteRepeat: (entry: RepeatedSubmission) => Promise<void>;
}

export interface NewRegistration {
  readonly registration: Registration;
  readonly addressHash: string;
  readonly lock: AddressLock;
  readonly message: OutboxMessage;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface RepeatedSubmission {
  readonly eventId: string;
  readonly addressHash: string;
  readonly before: AddressLock;
  readonly after: AddressLock;
  readonly message: OutboxMessage | undefined;
}

export interface Tables {
  readonly registry: string;
  readonly outbox: string;
}

export function submissionStore(client: DocumentClient, tables: Tables, system: System): SubmissionStore {
  /** Which counters an event was last seen to have: only a hint for what to read along, never a decision. */
  const knownCounters = new Map<string, readonly CounterId[]>();

  return {
    async readFacts(eventId, language, addressHash) {
      const ids = knownCounters.get(eventId) ?? [];
      const keys = { event: eventKey(eventId), text: textKey(eventId, language), lock: lockKey(eventId, addressHash) };
      const counterKeys = ids.map((id) => quotaKey(eventId, id.quota, id.shard));
      const item = await batchGet(client, tables.registry, [...Object.values(keys), ...counterKeys], system);
      const read = itemReader(client, tables.registry);
      const localised = await localisedEvent(item(keys.event), item(keys.text), language, read);
      if (localised) {
        knownCounters.set(
          eventId,
          localised.event.quotas.map((quota) => ({ quota: quota.id, shard: 0 })),
        );
      }
      const lock = item(keys.lock);
      const counters = ids.flatMap((id, index) => {
        const found = counterKeys[index] && item(counterKeys[index]);
        return found ? [[counterName(id), fromCounterItem(found)] as const] : [];
      });
      return { localised, lock: lock && fromLockItem(lock), counters: new Map(counters) };
    },

    async register({ registration, addressHash, lock, message, expiresAt }) {
      const { eventId, seats } = registration;
      const items: TransactItem[] = [
        putLock(tables.registry, eventId, addressHash, lock, expiresAt),
        putRegistration(tables.registry, registration, expiresAt),
        putMessage(tables.outbox, message),
        ...seats.map((seat) => takeSeat(tables.registry, eventId, seat)),
      ];
      const refusals = await transact(client, items, system);
      return refusals.length === 0 ? undefined : obstacle(refusals, seats);
    },

    async noteRepeat({ eventId, addressHash, before, after, message }) {
      const items: TransactItem[] = [rewriteLock(tables.registry, eventId, addressHash, before, after)];
      if (message) items.push(putMessage(tables.outbox, message));
      // A refusal means that the same person sent twice at once, and the other request noted it.
      await transact(client, items, system);
    },
  };
}

const POSITION = { lock: 0, registration: 1, seats: 3 } as const;

function obstacle(refusals: readonly Refusal[], seats: readonly Seat[]): Obstacle {
  const lock = refusals.find((each) => each.position === POSITION.lock);
  if (lock?.old) return { kind: 'address-taken', lock: fromLockItem(lock.old) };
  if (refusals.some((each) => each.position === POSITION.registration)) return { kind: 'reference-taken' };
  const counters = refusals.flatMap(({ position, old }) => {
    const seat = seats[position - POSITION.seats];
    if (seat === undefined) return [];
    if (old === undefined) throw new Error(`the counter of quota ${seat.quota} is missing`);
    return [[counterName(seat), fromCounterItem(old)] as const];
  });
  return { kind: 'counters-changed', counters: new Map(counters) };
}
