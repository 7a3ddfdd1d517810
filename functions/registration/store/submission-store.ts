import { isId } from '../../../shared/domain/event-id.ts';
import type { OutboxMessage } from '../../../shared/domain/message.ts';
import { type Counter, type CounterId, counterName } from '../../../shared/domain/quota.ts';
import type { Registration, Seat } from '../../../shared/domain/registration.ts';
import {
  putLock,
  putMessage,
  putRegistration,
  rewriteLock,
  type Tables,
  takeSeat,
} from '../../../shared/registering/writes.ts';
import { batchGet } from '../../../shared/store/batch-get.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { fromCounterItem } from '../../../shared/store/counter-item.ts';
import { eventKey, lockKey, quotaKey, textKey } from '../../../shared/store/keys.ts';
import { itemReader, type LocalisedEvent, localiser } from '../../../shared/store/localised-event.ts';
import { type AddressLock, fromLockItem } from '../../../shared/store/lock-item.ts';
import { type Refusal, transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';

/** How things stand for one address: what a submission is decided on. */
export interface Standing {
  readonly lock: AddressLock | undefined;
  /** By `counterName`, as far as they are known. */
  readonly counters: ReadonlyMap<string, Counter>;
}

/** What came of a write: done, or refused because things stand differently by now. */
export type Outcome = 'done' | Partial<Standing>;

export interface SubmissionStore {
  readonly read: (
    eventId: string,
    language: string,
    addressHash: string,
  ) => Promise<{ readonly localised: LocalisedEvent | undefined; readonly standing: Standing }>;
  /** Registration, address lock, seats and mail: all or none. */
  readonly register: (entry: NewRegistration) => Promise<Outcome>;
  /** Remembers a repeated request on the lock, and mails about it if there is a message. */
  readonly noteRepeat: (entry: RepeatedSubmission) => Promise<Outcome>;
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
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export function submissionStore(client: DocumentClient, { registry, outbox }: Tables, system: System): SubmissionStore {
  const localise = localiser(itemReader(client, registry, system));
  /** Which counters an event was last seen to have: only a hint for what to read along, never a decision. */
  const knownCounters = new Map<string, readonly CounterId[]>();

  return {
    async read(eventId, language, addressHash) {
      if (!isId(eventId)) return NOTHING;
      const ids = knownCounters.get(eventId) ?? [];
      const keys = { event: eventKey(eventId), text: textKey(eventId, language), lock: lockKey(eventId, addressHash) };
      const counterKeys = ids.map((id) => quotaKey(eventId, id.quota, id.shard));
      // An address that was freed a moment ago must not look taken: the person would be told they are registered.
      const item = await batchGet(client, registry, [...Object.values(keys), ...counterKeys], system, true);
      const localised = await localise(item(keys.event), item(keys.text), language);
      if (localised) knownCounters.set(eventId, countersOf(localised));
      const lock = item(keys.lock);
      const counters = ids.flatMap((id, index) => {
        const found = counterKeys[index] && item(counterKeys[index]);
        return found ? [[counterName(id), fromCounterItem(found)] as const] : [];
      });
      return { localised, standing: { lock: lock && fromLockItem(lock), counters: new Map(counters) } };
    },

    async register({ registration, addressHash, lock, message, expiresAt }) {
      const { eventId, seats } = registration;
      const refusals = await transact(
        client,
        [
          putLock(registry, eventId, addressHash, lock, expiresAt),
          putRegistration(registry, registration, expiresAt),
          putMessage(outbox, message, expiresAt),
          ...seats.map((seat) => takeSeat(registry, eventId, seat)),
        ],
        system,
      );
      return refusals.length === 0 ? 'done' : asReported(refusals, seats);
    },

    async noteRepeat({ eventId, addressHash, before, after, message, expiresAt }) {
      const rewritten = rewriteLock(registry, eventId, addressHash, before, after);
      const told = message ? [putMessage(outbox, message, expiresAt)] : [];
      const [refusal] = await transact(client, [rewritten, ...told], system);
      const lock = refusal?.old && fromLockItem(refusal.old);
      // The same registration under another request: a rival of ours has told its holder.
      return refusal === undefined || lock?.reference === before.reference ? 'done' : { lock };
    },
  };
}

const NOTHING = { localised: undefined, standing: { lock: undefined, counters: new Map() } };

const countersOf = ({ event }: LocalisedEvent): CounterId[] => event.quotas.map(({ id }) => ({ quota: id, shard: 0 }));

const FIRST_SEAT = 3;

/** How things stand according to the items that were refused; nothing, if only the reference was taken. */
function asReported(refusals: readonly Refusal[], seats: readonly Seat[]): Partial<Standing> {
  const lock = refusals.find((refusal) => refusal.position === 0)?.old;
  if (lock) return { lock: fromLockItem(lock) };
  const counters = refusals.flatMap(({ position, old }) => {
    const seat = seats[position - FIRST_SEAT];
    if (seat === undefined) return [];
    if (old === undefined) throw new Error(`the counter of quota ${seat.quota} is missing`);
    return [[counterName(seat), fromCounterItem(old)] as const];
  });
  return { counters: new Map(counters) };
}
