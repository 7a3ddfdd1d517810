import { endedTies, withoutEndedTies } from '../domain/chaperone.ts';
import type { EventDefinition } from '../domain/event.ts';
import { retentionEnd } from '../domain/event-times.ts';
import type { OutboxMessage } from '../domain/message.ts';
import { type Behind, type Counter, counterName, poolName } from '../domain/quota.ts';
import type { Registration } from '../domain/registration.ts';
import { type CounterChange, counterChanges, mayPromote } from '../domain/seat-changes.ts';
import { logWarning } from '../log.ts';
import type { DocumentClient } from '../store/client.ts';
import { fromCounterItem } from '../store/counter-item.ts';
import { type AddressLock, fromLockItem } from '../store/lock-item.ts';
import { type Refusal, type TransactItem, transact } from '../store/transact.ts';
import type { WaitlistEntry } from '../store/waitlist-item.ts';
import type { System } from '../system.ts';
import { untieAdult, untieMinor } from './chaperone-writes.ts';
import { newJob } from './new-items.ts';
import type { Pass } from './pass.ts';
import { toFocalPoint } from './to-focal-point.ts';
import {
  changeCounter,
  deleteRegistration,
  deleteWaitlistEntry,
  putJob,
  putLock,
  putMessage,
  putRegistration,
  putWaitlistEntry,
  releaseLock,
  spendPass,
  type Tables,
  takeInvitation,
} from './writes.ts';

/** One step in the life of a registration, with all that it takes along. */
export interface RegistrationChange {
  readonly event: EventDefinition<string>;
  /** As it was when the change was decided; absent for a new one. */
  readonly before: Registration | undefined;
  readonly after: Registration;
  /** Deletes it: `after` says what it gives back. */
  readonly forget?: boolean;
  /** How someone newly waits, as the admission says. */
  readonly behind?: readonly Behind[];
  /** Holds the address for the registration, in place of another one where that is named; or frees it. */
  readonly lock?:
    | { readonly put: AddressLock; readonly addressHash: string; readonly insteadOf?: string }
    | { readonly release: true; readonly addressHash: string };
  /** Hash of an invitation code, one use of which is taken. */
  readonly invitation?: string | undefined;
  /** What lets it through, where the event is under attack. */
  readonly pass?: Pass | undefined;
  readonly messages: readonly OutboxMessage[];
  /** What else is written with it, such as an audit entry. */
  readonly also?: readonly TransactItem[];
}

/** Why nothing was written, as far as decisions can be made anew on it. */
export interface ChangeRefused {
  /** The registration is not as it was read, or a new one's reference is taken. */
  readonly registration: boolean;
  /** Who holds the address. */
  readonly lock: AddressLock | undefined;
  /** The invitation's last use was taken, or it was revoked. */
  readonly invitation: boolean;
  /** What was to let it through was spent before. */
  readonly pass: boolean;
  /** Something else that was to be written with it. */
  readonly also: boolean;
  /** Counters as they are, by `counterName`. */
  readonly counters: ReadonlyMap<string, Counter>;
}

export interface ChangeStore {
  /**
   * Writes a registration, its seats, its place in the waiting list, its lock and its mails: all or nothing. Where a
   * seat is given back, looking for who may have it follows.
   *
   * @throws BusyError when rivals do not let go
   */
  readonly change: (change: RegistrationChange) => Promise<'done' | ChangeRefused>;
}

type Part =
  | {
      readonly item: TransactItem;
      readonly is: 'registration' | 'lock' | 'freed-lock' | 'tie' | 'invitation' | 'pass' | 'other';
    }
  | { readonly item: TransactItem; readonly is: 'counter'; readonly change: CounterChange };

export function changeStore(client: DocumentClient, tables: Tables, system: System): ChangeStore {
  return {
    async change(change) {
      let parts = partsOf(change, tables, system);
      for (;;) {
        const refusals = await transact(
          client,
          parts.map(({ item }) => item),
          system,
        );
        if (refusals.length === 0) return 'done';
        const refused = asReported(refusals, parts);
        if (refused !== undefined) return refused;
        // Nobody is held to an event by a counter that is wrong: it is reported, and the rest is given back.
        logWarning('a registration held what is not there to give back', { refusals: refusals.length });
        const missing = refusals.map(({ position }) => position);
        parts = parts.filter((_, position) => !missing.includes(position));
      }
    },
  };
}

function partsOf(change: RegistrationChange, tables: Tables, system: System): Part[] {
  const { event, before, forget = false, behind = [], lock, invitation, pass, messages, also = [] } = change;
  const after = withoutEndedTies(before, change.after);
  const ties = tieParts(event, before, after, tables, system);
  const { registry, outbox } = tables;
  const expiresAt = retentionEnd(event);
  const counters = counterChanges(event, before?.seats ?? [], after.seats, behind);
  const other = (item: TransactItem): Part => ({ item, is: 'other' });
  return [
    {
      item:
        before !== undefined && forget
          ? deleteRegistration(registry, before)
          : putRegistration(registry, before, after, expiresAt),
      is: 'registration',
    },
    ...(lock ? lockParts(lock, after, registry, expiresAt) : []),
    ...(invitation === undefined
      ? []
      : [{ item: takeInvitation(registry, event.id, invitation, system.now()), is: 'invitation' } as const]),
    ...(pass ? [{ item: spendPass(registry, event.id, pass), is: 'pass' } as const] : []),
    ...waitlistWrites(registry, before, after, expiresAt).map(other),
    ...messages.map((message) => other(putMessage(outbox, message, expiresAt))),
    ...(mayPromote(counters) ? [other(putJob(outbox, newJob(system, 'promote', event.id), expiresAt))] : []),
    ...ties,
    ...also.map(other),
    ...counters.map((each): Part => ({ item: changeCounter(registry, event.id, each), is: 'counter', change: each })),
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
  const { put, addressHash, insteadOf } = lock;
  return [
    { item: putLock(registry, after.eventId, addressHash, put, expiresAt), is: 'lock' },
    ...(insteadOf === undefined ? [] : [freed(insteadOf)]),
  ];
}

/** Takes the ties that end from their other ends, and tells the focal point, who finds someone else. */
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
  const told = untied.length === 0 ? [] : toFocalPoint(system, event, 'chaperone-ended', reference);
  return [
    ...untied.map((item): Part => ({ item, is: 'tie' })),
    ...told.map((message): Part => ({ item: putMessage(outbox, message, retentionEnd(event)), is: 'other' })),
  ];
}

function waitlistWrites(
  registry: string,
  before: Registration | undefined,
  after: Registration,
  expiresAt: number,
): TransactItem[] {
  const [old, next] = [before && entryOf(before), entryOf(after)];
  const leaves = old !== undefined && old.waitingSince !== next?.waitingSince;
  const joins = next !== undefined && (leaves || old === undefined || namesOf(old) !== namesOf(next));
  return [
    ...(leaves ? [deleteWaitlistEntry(registry, after.eventId, old)] : []),
    ...(joins ? [putWaitlistEntry(registry, after.eventId, next, expiresAt)] : []),
  ];
}

function entryOf({ reference, status, waitingSince, seats }: Registration): WaitlistEntry | undefined {
  if (status !== 'waitlisted' || waitingSince === undefined) return undefined;
  const waitsFor = seats.filter(({ state }) => state === 'waiting').map(({ quota, group }) => ({ quota, group }));
  return { reference, waitingSince, waitsFor };
}

const namesOf = ({ waitsFor }: WaitlistEntry): string => waitsFor.map(poolName).sort().join(' ');

/** Nothing where all that was refused is giving back what a counter does not have. */
function asReported(refusals: readonly Refusal[], parts: readonly Part[]): ChangeRefused | undefined {
  const refused = refusals.flatMap(({ position, old }) => {
    const part = parts[position];
    return part === undefined ? [] : [{ ...part, old }];
  });
  if (refused.every(onlyGivesBack)) return undefined;
  const lock = refused.find(({ is }) => is === 'lock')?.old;
  return {
    registration: refused.some(({ is }) => is === 'registration'),
    lock: lock && fromLockItem(lock),
    invitation: refused.some(({ is }) => is === 'invitation'),
    pass: refused.some(({ is }) => is === 'pass'),
    also: refused.some(({ is }) => is === 'other'),
    counters: new Map(
      refused.flatMap((part) => (part.is === 'counter' ? [[counterName(part.change), counterIn(part)] as const] : [])),
    ),
  };
}

const onlyGivesBack = (part: Part): boolean =>
  part.is === 'freed-lock' ||
  part.is === 'tie' ||
  (part.is === 'counter' && part.change.taken <= 0 && part.change.waiting <= 0);

function counterIn({ change, old }: { change: CounterChange; old: Record<string, unknown> | undefined }): Counter {
  if (old === undefined) throw new Error(`the counter of quota ${change.quota} is missing`);
  const counter = fromCounterItem(old);
  return change.groupCapacity === undefined ? counter : { ...counter, capacity: change.groupCapacity };
}
