import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { Patient, TransactItem, WriteRefusal } from '../../kernel/dynamo/transact.store.ts';
import { type Pass, spendPass } from '../../kernel/keys/pass.store.ts';
import type { System } from '../../kernel/system.store.ts';
import type { FocalPointKind } from '../../mail/kinds.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newJob, newMessage } from '../../mail/outbox/new-items.store.ts';
import { putJob, putMessage } from '../../mail/outbox/outbox-items.store.ts';
import {
  chaperoneStateOf,
  endedTies,
  losesVetting,
  minorsOf,
  withoutEndedTies,
} from '../../minors/chaperone/chaperone.ts';
import type { Behind } from '../../seats/admission.ts';
import { changeCounter, counterKey, fromCounterItem } from '../../seats/counter.store.ts';
import { poolStore } from '../../seats/pool.store.ts';
import { type Counter, counterName, type Pool, poolName, poolOf } from '../../seats/quota.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import { type CounterChange, counterChanges, isPossible, mayPromote } from '../../seats/seat-changes.ts';
import { unprovenWrites } from '../../seats/unproven-seat.store.ts';
import { deleteWaitlistEntry, putWaitlistEntry, type WaitlistEntry } from '../../seats/waitlist.store.ts';
import { revokeTicket } from '../../ticket/revoked-ticket.store.ts';
import { holderWrites } from '../../ticket/ticket-holder.store.ts';
import { withConsentRecords } from '../consent-records.store.ts';
import { takeInvitation } from '../invitation/invitation.store.ts';
import { type AddressLock, putLock, releaseLock } from '../lock.store.ts';
import { deleteNotes } from '../notes/notes.store.ts';
import type { Registration } from '../registration.schema.ts';
import { deleteRegistration, putRegistration, type Tables } from '../registration.store.ts';
import type { Changer } from '../registration.ts';
import { leaveIndex } from '../tombstone.store.ts';
import { deleteAddressChange } from './address-change.store.ts';
import { isAnothers } from './history.store.ts';
import { renewTie, untieAdult, untieMinor } from './tie-writes.store.ts';

/** One step in the life of a registration, with all that it takes along. */
export interface RegistrationChange {
  readonly event: EventDefinition<string>;
  /** As it was when the change was decided; absent for a new one. */
  readonly before: Registration | undefined;
  readonly after: Registration;
  /** Who makes it. */
  readonly by: Changer;
  /** Whether another ticket is all the same the one of this person, whose ties stay. */
  readonly isSamePerson?: boolean;
  /** Deletes it: `after` says what it gives back. */
  readonly forget?: boolean;
  /** How an attendee newly waits, as the admission says. */
  readonly behind?: readonly Behind[];
  /** Pools in which they take a seat that is kept for those who wait there, and who came later. */
  readonly ahead?: readonly string[];
  /** Seats that counters go on counting, or counted already, although the registration does not hold them after or before. */
  readonly setAside?: { readonly before?: readonly Seat[]; readonly after?: readonly Seat[] };
  /** Holds the address for the registration, in place of another one where that is named; or frees it. */
  readonly lock?:
    | {
        readonly put: AddressLock;
        readonly addressHash: string;
        readonly insteadOf?: string;
        /** Whether it may hold the address still, since its end can be taken back. */
        readonly mayBeOurs?: true;
      }
    | { readonly release: true; readonly addressHash: string };
  /** Hash of an invitation code, one use of which is taken. */
  readonly invitation?: string | undefined;
  /** What lets it through, where the event is under attack. */
  readonly pass?: Pass | undefined;
  /** The next step of the change of address that makes this one; any other address, or person, ends such a change. */
  readonly addressChange?: TransactItem | undefined;
  readonly messages: readonly OutboxMessage[];
  /** What else is written with it, such as an audit entry. */
  readonly also?: readonly TransactItem[];
}

/** One write of the transaction, and what it means when it is refused. */
export type Part =
  | {
      readonly item: TransactItem;
      readonly is: 'registration' | 'lock' | 'freed-lock' | 'tie' | 'invitation' | 'pass' | 'other';
    }
  | { readonly item: TransactItem; readonly is: 'counter'; readonly change: CounterChange };

/**
 * Everything a change writes: all or nothing.
 *
 * @param isSplit whether a pool is known to have several counters
 */
export function partsOf(
  change: RegistrationChange,
  tables: Tables,
  system: System,
  isSplit: (pool: string) => boolean,
): Part[] {
  const {
    event,
    before,
    by,
    forget = false,
    behind = [],
    ahead = [],
    setAside = {},
    lock,
    invitation,
    pass,
    addressChange,
    messages,
    also = [],
  } = change;
  const after = withConsentRecords(event, before, withoutEndedTies(before, change.after, change.isSamePerson));
  const ties = tieParts(event, before, after, tables, system);
  const { registry, outbox } = tables;
  const expiresAt = retentionEnd(event);
  const [had, has] = [
    [...(before?.seats ?? []), ...(setAside.before ?? [])],
    [...after.seats, ...(setAside.after ?? [])],
  ];
  const counters = counterChanges(event, had, has, behind, ahead, isSplit);
  const other = (item: TransactItem): Part => ({ item, is: 'other' });
  return [
    {
      item:
        before !== undefined && forget
          ? deleteRegistration(registry, before)
          : putRegistration(registry, before, after, expiresAt, by),
      is: 'registration',
    },
    ...(lock ? lockParts(lock, after, registry, expiresAt) : []),
    ...(invitation === undefined
      ? []
      : [{ item: takeInvitation(registry, event.id, invitation, system.now()), is: 'invitation' } as const]),
    ...(pass ? [{ item: spendPass(registry, event.id, pass), is: 'pass' } as const] : []),
    ...addressWrites(registry, before, after, forget, addressChange).map(other),
    ...(before !== undefined && (forget || isAnothers(after)) ? [other(deleteNotes(registry, before))] : []),
    ...waitlistWrites(registry, before, after, expiresAt).map(other),
    ...unprovenWrites(registry, before, after, expiresAt).map(other),
    // A walk-in may have no address.
    ...messages.filter(({ to }) => to !== '').map((message) => other(putMessage(outbox, message, expiresAt))),
    ...(mayPromote(counters, after.unproven === undefined) || beginsToCount(before, after) || movesUp(before, after)
      ? [other(putJob(outbox, newJob(system, 'promote', event.id), expiresAt))]
      : []),
    ...(before !== undefined && forget ? leaveIndex(tables, after, expiresAt, system) : []).map(other),
    ...ties,
    ...holderWrites(registry, after, before, forget ? undefined : after, expiresAt).map(other),
    ...revokeTicket({ ...change, after }, tables, system).map(other),
    ...also.map(other),
    ...counterParts(registry, event.id, counters),
  ];
}

const counterParts = (registry: string, eventId: string, counters: readonly CounterChange[]): readonly Part[] =>
  counters.map((change): Part => ({ item: changeCounter(registry, eventId, change), is: 'counter', change }));

/** What was set aside when a registration ended, and goes now. */
export interface RegistrationRelease extends Pick<RegistrationChange, 'event' | 'messages' | 'also'> {
  readonly reference: string;
  readonly seats: readonly Seat[];
  /** Of the address that was held. */
  readonly addressHash: string | undefined;
}

/** Everything that a release writes: nothing of the registration, which may be erased by now. */
export function releaseParts(
  { event, reference, seats, addressHash, messages, also = [] }: RegistrationRelease,
  { registry, outbox }: Tables,
  system: System,
  isSplit: (pool: string) => boolean,
): Part[] {
  const expiresAt = retentionEnd(event);
  const counters = counterChanges(event, seats, [], [], [], isSplit);
  const job = mayPromote(counters) ? [putJob(outbox, newJob(system, 'promote', event.id), expiresAt)] : [];
  const writes = [...messages.filter(({ to }) => to !== '').map((each) => putMessage(outbox, each, expiresAt)), ...job];
  const freed = addressHash === undefined ? [] : [releaseLock(registry, { eventId: event.id, reference }, addressHash)];
  return [
    ...freed.map((item): Part => ({ item, is: 'freed-lock' })),
    ...[...writes, ...also].map((item): Part => ({ item, is: 'other' })),
    ...counterParts(registry, event.id, counters),
  ];
}

function lockParts(
  lock: NonNullable<RegistrationChange['lock']>,
  after: Registration,
  registry: string,
  expiresAt: number,
): Part[] {
  const freed = (addressHash: string): Part => ({ item: releaseLock(registry, after, addressHash), is: 'freed-lock' });
  if ('release' in lock) return [freed(lock.addressHash)];
  const { put, addressHash, insteadOf, mayBeOurs } = lock;
  return [
    { item: putLock(registry, after.eventId, addressHash, put, expiresAt, mayBeOurs), is: 'lock' },
    ...(insteadOf === undefined ? [] : [freed(insteadOf)]),
  ];
}

/**
 * Takes the ties that end from their other ends, and says at those that stay on which days the adult comes now, and that another name is
 * not vetted. The focal point is told of what ends, a vetting too, and finds another adult, or vets anew.
 */
function tieParts(
  event: EventDefinition<string>,
  before: Registration | undefined,
  after: Registration,
  { registry, outbox }: Tables,
  system: System,
): Part[] {
  const { eventId, reference } = after;
  const { minors, adult } = endedTies(before, after);
  const now = system.now();
  const untied = [
    ...minors.map((minor) => untieMinor(registry, { eventId, minor, adult: reference }, now)),
    ...(adult === undefined ? [] : [untieAdult(registry, { eventId, minor: reference, adult }, now)]),
  ];
  const endsVetting = before !== undefined && after.chaperoning !== undefined && losesVetting(before, after);
  const saysOther = before !== undefined && (!isDeepStrictEqual(before.days, after.days) || endsVetting);
  const renewed = (saysOther ? minorsOf(after) : []).map((minor) =>
    renewTie(registry, { eventId, minor, adult: reference }, chaperoneStateOf(after), now),
  );
  const told = untied.length === 0 && !endsVetting ? [] : toFocalPoint(system, event, 'chaperone-ended', reference);
  return [
    ...[...untied, ...renewed].map((item): Part => ({ item, is: 'tie' })),
    ...told.map((message): Part => ({ item: putMessage(outbox, message, retentionEnd(event)), is: 'other' })),
  ];
}

/** Nobody undoes, for the person or the address that was there before, what came after. */
function addressWrites(
  registry: string,
  before: Registration | undefined,
  after: Registration,
  forget: boolean,
  next: TransactItem | undefined,
): TransactItem[] {
  if (next !== undefined) return [next];
  const isOther = before?.email !== after.email || before.formerHolders !== after.formerHolders;
  return before !== undefined && (forget || isOther) ? [deleteAddressChange(registry, before)] : [];
}

/** Mail that there is something to do, and nothing of what it says; none where an event has no safeguarding focal point. */
export function toFocalPoint(
  system: System,
  { id: eventId, safeguarding, languages }: EventDefinition<string>,
  kind: FocalPointKind,
  reference: string,
): readonly OutboxMessage[] {
  if (safeguarding === undefined) return [];
  const { email } = safeguarding;
  return [newMessage(system, kind, { eventId, reference, email, language: languages[0] ?? 'en' })];
}

function waitlistWrites(
  registry: string,
  before: Registration | undefined,
  after: Registration,
  expiresAt: number,
): TransactItem[] {
  const [old, next] = [before && entryOf(before), entryOf(after)];
  const leaves = old !== undefined && (next === undefined || !isSamePlace(old, next));
  const joins = next !== undefined && (leaves || old === undefined || namesOf(old) !== namesOf(next));
  return [
    ...(leaves ? [deleteWaitlistEntry(registry, after.eventId, old)] : []),
    ...(joins ? [putWaitlistEntry(registry, after.eventId, next, expiresAt)] : []),
  ];
}

const isSamePlace = (one: WaitlistEntry, other: WaitlistEntry): boolean =>
  one.waitingSince === other.waitingSince && one.lostSeat === other.lostSeat && one.movedUpAt === other.movedUpAt;

function entryOf({ reference, status, waiting, seats, unproven, seatLostAt }: Registration): WaitlistEntry | undefined {
  if (status !== 'waitlisted' || waiting === undefined) return undefined;
  const waitsFor = seats.filter(({ state }) => state === 'waiting').map(({ quota, group }) => ({ quota, group }));
  return {
    reference,
    waitingSince: waiting.since,
    waitsFor,
    ...(unproven && { unproven }),
    ...(seatLostAt !== undefined && { lostSeat: true as const }),
    ...(waiting.movedUp && { movedUpAt: waiting.movedUp.at }),
  };
}

const namesOf = ({ waitsFor, unproven }: WaitlistEntry): string =>
  [unproven ? '?' : '', ...waitsFor.map(poolName).sort()].join(' ');

/** Whether a proven attendee begins to wait, or one who waits is proven now: a seat may be theirs, or an unproven one may go. */
const beginsToCount = (before: Registration | undefined, after: Registration): boolean =>
  isCounted(after) && !(before && isCounted(before));

/** A list that is gone through at this moment may have passed both places. */
const movesUp = (before: Registration | undefined, after: Registration): boolean =>
  isCounted(after) && after.waiting?.movedUp?.at !== before?.waiting?.movedUp?.at;

const isCounted = ({ status, unproven }: Registration): boolean => status === 'waitlisted' && unproven === undefined;

/** A change of a counter that was refused. */
export interface RefusedChange {
  readonly change: CounterChange;
  /** The counter as it is. */
  readonly old: Record<string, unknown> | undefined;
}

interface SeenCounters {
  /** By `counterName`; of a pool that is split, all. */
  readonly counters: ReadonlyMap<string, Counter>;
  /**
   * Whether one was not there, or alone where it was taken for one of several, or the other way round, and the same may be
   * written now: unless it is to wait, which has to be decided anew.
   */
  readonly misread: boolean;
}

/** Looks at counters anew, once a change of one was refused. */
export interface CounterLook {
  /** Whether a pool was seen to have several counters. They never become one again. */
  readonly isSplit: (eventId: string) => (pool: string) => boolean;
  /** Changes of counters that would be refused by now, of those that a transaction makes: one read. */
  readonly foresee: (eventId: string, parts: readonly Part[]) => Promise<readonly WriteRefusal[]>;
  /** One whole pool for each that is split: one read, whichever of its counters may have a seat. */
  readonly lookAgain: (event: EventDefinition<string>, refused: readonly RefusedChange[]) => Promise<SeenCounters>;
}

export function counterLook(client: DocumentClient, table: string, system: Patient): CounterLook {
  const pools = poolStore({ client, registry: table, system });
  const split = new Set<string>();

  return {
    isSplit: (eventId) => (pool) => split.has(`${eventId}#${pool}`),

    async foresee(eventId, parts) {
      const changes = parts.flatMap((part, position) =>
        part.is === 'counter' && part.change.isSplit
          ? [{ change: part.change, position, key: counterKey(eventId, part.change) }]
          : [],
      );
      if (changes.length === 0) return [];
      const keys = changes.map(({ key }) => key);
      const item = await batchGet(client, table, keys, system, true);
      return changes.flatMap(({ change, position, key }) => {
        const old = item(key);
        return old === undefined || isPossible(fromCounterItem(old), change) ? [] : [{ position, old }];
      });
    },

    async lookAgain(event, refused) {
      const counters = new Map<string, Counter>();
      const wanted = new Map<string, Pool>();
      for (const { change, old } of refused) {
        const counter = old && asCounter(change, old);
        if (counter !== undefined) counters.set(counterName(change), counter);
        const quota = event.quotas.find(({ id }) => id === change.quota);
        const isAlone = counter !== undefined && counter.split === undefined && !change.isSplit;
        if (quota !== undefined && !isAlone) wanted.set(poolName(change), poolOf(quota, change.group));
      }
      for (const [name, counter] of await pools.read(event, [...wanted.values()])) counters.set(name, counter);
      for (const { change } of refused) {
        if (counters.get(counterName(change))?.split !== undefined) split.add(`${event.id}#${poolName(change)}`);
      }
      const misread = refused.filter(({ change, old }) => {
        const is = counters.get(counterName(change));
        return is !== undefined && (old?.['open'] === undefined ? is.split !== undefined : !change.isSplit);
      });
      return { counters, misread: misread.length > 0 && misread.every(({ change }) => change.waiting <= 0) };
    },
  };
}

/** The counter of a group that has one alone is told each time how many seats there are. */
function asCounter({ groupCapacity }: CounterChange, old: Record<string, unknown>): Counter {
  const counter = fromCounterItem(old);
  return groupCapacity === undefined || counter.split ? counter : { ...counter, capacity: groupCapacity };
}
