import { eventMemory } from '../../event/event.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { itemReader, type LocalisedEvent } from '../../event/localised-event.store.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { guardKey, invitationKey, lockKey, mailTurnsKey } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { isId } from '../../kernel/event-id.ts';
import { MOST_MAIL_TURNS, mailTurn, type Pass, spendPass } from '../../kernel/keys/pass.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { isGuarded, mailTurnsTaken } from '../../mail/limits/guard.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import { nextOwn, poolsToRead } from '../../seats/admission.ts';
import { counterKey, fromCounterItem } from '../../seats/counter.store.ts';
import { poolStore } from '../../seats/pool.store.ts';
import {
  type Counter,
  type CounterId,
  type Counters,
  counterName,
  type KnownCounters,
  type Pool,
} from '../../seats/quota.ts';
import { fromInvitationItem, type Invitation } from '../invitation/invitation-item.schema.ts';
import { type AddressLock, fromLockItem, rewriteLock } from '../lock.store.ts';

/** How things stand for one address: what a submission is decided on. */
export interface AddressState {
  readonly lock: AddressLock | undefined;
  /** The one whose code was sent. */
  readonly invitation: Invitation | undefined;
  readonly counters: Counters;
}

/** What came of a write: done, or refused because things stand differently by now. */
export type Outcome = 'done' | 'pass-spent' | 'along-refused' | Partial<AddressState>;

export interface SubmissionStore {
  /** All in one read. */
  readonly read: (sent: SentFor) => Promise<{
    readonly localised: LocalisedEvent | undefined;
    /** Whether the event is under attack. */
    readonly guarded: boolean;
    /** Whether the form asks to go by mail, and a turn is left in this minute. */
    readonly mayGoByMail: boolean;
    readonly standing: AddressState;
  }>;
  /** Remembers a repeated request on the lock, and mails about it if there is a message. */
  readonly noteRepeat: (entry: RepeatedSubmission) => Promise<Outcome>;
  /** From 0 to 1 (exclusive): which counter of each pool is this instance's own, so that instances spread over all. */
  readonly own: number;
  /**
   * The counters of pools, with those that have to be read because an own one has no open seat: one read, and none while
   * what was read for another form still holds.
   */
  readonly lookAround: (
    event: EventDefinition<string>,
    pools: readonly Pool[],
    known: Counters,
  ) => Promise<KnownCounters>;
  /** Remembers counters for the form that comes next. */
  readonly remember: (event: EventDefinition<string>, counters: Counters) => void;
  /** Spends what lets a form through on nothing. @returns whether it was unspent */
  readonly spend: (eventId: string, pass: Pass) => Promise<boolean>;
}

export interface SentFor {
  readonly eventId: string;
  readonly language: string;
  readonly addressHash: string;
  /** Hash of the invitation code that was sent, if one was. */
  readonly codeHash?: string | undefined;
  /** Whether the form asks to go by mail, its browser running no scripts. */
  readonly byMail?: boolean | undefined;
}

export interface RepeatedSubmission {
  readonly eventId: string;
  readonly addressHash: string;
  readonly before: AddressLock;
  readonly after: AddressLock;
  readonly message: OutboxMessage | undefined;
  readonly pass: Pass | undefined;
  /** What else is written with it, and may be refused. */
  readonly also?: readonly TransactItem[];
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export function submissionStore({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): SubmissionStore {
  const events = eventMemory(itemReader(client, registry, system));
  const pools = poolStore({ client, registry, system });
  let own = system.chance();
  /** Which counters of an event are this instance's own: only a hint for what to read along, never a decision. */
  const ownCounters = new Map<string, readonly CounterId[]>();
  /**
   * What was last seen of the others, by event: one that had no open seat has none while its pool's `openings` are the same,
   * which the own counter, read along each time, says.
   */
  const others = new Map<string, Map<string, Counter>>();

  const remembered = ({ id }: Pick<EventDefinition<string>, 'id'>): Map<string, Counter> => {
    const known = others.get(id) ?? new Map<string, Counter>();
    others.set(id, known);
    return known;
  };

  function remember(event: EventDefinition<string>, counters: Counters): void {
    const known = remembered(event);
    // A quota per organisation or country may have any number of counters.
    const names = event.quotas.filter(({ per, shards }) => per === undefined && shards > 1).map(({ id }) => `${id}##`);
    for (const [name, counter] of counters) if (names.some((each) => name.startsWith(each))) known.set(name, counter);
  }

  return {
    async read({ eventId, language, addressHash, codeHash, byMail = false }) {
      if (!isId(eventId)) return NOTHING;
      const ids = ownCounters.get(eventId) ?? [];
      const event = events(eventId, language);
      const keys = {
        lock: lockKey(eventId, addressHash),
        guard: guardKey(eventId),
        ...(codeHash !== undefined && { invitation: invitationKey(eventId, codeHash) }),
        ...(byMail && { turns: mailTurnsKey(eventId, mailTurn(system.now()).minute) }),
      };
      const counterKeys = ids.map((id) => counterKey(eventId, id));
      // An address that was freed a moment ago must not look taken: the person would be told they are registered.
      const item = await batchGet(
        client,
        registry,
        [...event.keys, ...Object.values(keys), ...counterKeys],
        system,
        true,
      );
      const localised = await event.found(item);
      if (localised) ownCounters.set(eventId, ownIn(localised, own));
      const lock = item(keys.lock);
      const invitation = keys.invitation && item(keys.invitation);
      const counters = ids.flatMap((id, index) => {
        const found = counterKeys[index] && item(counterKeys[index]);
        return found ? [[counterName(id), fromCounterItem(found)] as const] : [];
      });
      return {
        localised,
        guarded: isGuarded(item(keys.guard), system.now()),
        mayGoByMail: keys.turns !== undefined && mailTurnsTaken(item(keys.turns)) < MOST_MAIL_TURNS,
        standing: {
          lock: lock && fromLockItem(lock),
          invitation: invitation && fromInvitationItem(invitation),
          counters: new Map(counters),
        },
      };
    },

    async noteRepeat({ eventId, addressHash, before, after, message, pass, also = [], expiresAt }) {
      const rewritten = rewriteLock(registry, eventId, addressHash, before, after);
      const spent = pass ? [spendPass(registry, eventId, pass)] : [];
      const told = message ? [putMessage(outbox, message, expiresAt)] : [];
      const [refusal] = await transact(client, [rewritten, ...spent, ...told, ...also], system);
      if (refusal === undefined) return 'done';
      if (refusal.position > 0) return refusal.position <= spent.length ? 'pass-spent' : 'along-refused';
      const lock = refusal.old && fromLockItem(refusal.old);
      // The same registration under another request: a rival of ours has told its holder.
      return lock?.reference === before.reference && also.length === 0 ? 'done' : { lock };
    },

    get own() {
      return own;
    },

    remember,

    async lookAround(event, wanted, known) {
      const before = remembered(event);
      let read: Counters | undefined;
      const seen = { get: (name: string) => read?.get(name) ?? known.get(name) ?? before.get(name) };
      const toRead = poolsToRead(wanted, seen);
      if (toRead.length > 0) {
        read = await pools.read(event, toRead);
        remember(event, read);
      }
      own = nextOwn(wanted, seen, { chance: system.chance(), own });
      return seen;
    },

    async spend(eventId, pass) {
      return (await transact(client, [spendPass(registry, eventId, pass)], system)).length === 0;
    },
  };
}

const NOTHING = {
  localised: undefined,
  guarded: false,
  mayGoByMail: false,
  standing: { lock: undefined, invitation: undefined, counters: new Map() },
} as const;

/** Those of quotas that are the same for everyone: one per organisation or country is found when it is needed. */
const ownIn = ({ event }: LocalisedEvent, own: number): CounterId[] =>
  event.quotas
    .filter(({ per }) => per === undefined)
    .map(({ id, shards }) => ({ quota: id, shard: Math.floor(own * shards) }));

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly submissions: SubmissionStore;
  }
}
