import { noteChanges } from '../event/job.store.ts';
import { type TransactItem, transact, type WriteRefusal } from '../kernel/dynamo/transact.store.ts';
import { logger } from '../kernel/log.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import { type Counter, counterName } from '../seats/quota.ts';
import {
  counterLook,
  type Part,
  partsOf,
  type RefusedChange,
  type RegistrationChange,
  type RegistrationRelease,
  releaseParts,
} from './change/change-parts.store.ts';
import { type AddressLock, fromLockItem } from './lock.store.ts';

/** Why nothing was written, as far as decisions can be made anew on it. */
export interface ChangeRefused {
  /** The registration is not as it was read, or a new one's reference is taken. */
  readonly registration: boolean;
  /** The lock that holds the address. */
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
   * seat is given back, a search for an attendee who may have it follows.
   *
   * @throws BusyError when rivals do not let go
   */
  readonly change: (change: RegistrationChange) => Promise<'done' | ChangeRefused>;
  /**
   * Gives back what was set aside when a registration ended, and writes its mail: all or nothing. A search for attendees who may have the
   * seats follows.
   *
   * @throws BusyError when rivals do not let go
   */
  readonly release: (release: RegistrationRelease) => Promise<'done' | ChangeRefused>;
}

/** How often counters may turn out to be others than the definition said. */
const MOST_LOOKS = 3;

/** @param isAside takes what a restore does not write with a change: mail, and jobs that only the system at work does */
export function changeStore(
  { client, system, ...tables }: Given<'registry' | 'outbox'>,
  isAside: (item: TransactItem) => boolean = () => false,
): ChangeStore {
  const look = counterLook(client, tables.registry, system);
  async function write(
    event: RegistrationChange['event'],
    makeAll: (isSplit: (pool: string) => boolean) => Part[],
  ): Promise<'done' | ChangeRefused> {
    const make: typeof makeAll = (isSplit) => makeAll(isSplit).filter(({ item }) => !isAside(item));
    let parts = make(look.isSplit(event.id));
    let looks = 0;
    for (;;) {
      const refusals = await transact(
        client,
        parts.map(({ item }) => item),
        system,
        () => look.foresee(event.id, parts),
      );
      if (refusals.length === 0) {
        await noteChanges(client, tables.registry, { what: 'people', eventId: event.id, many: 1, at: system.now() });
        return 'done';
      }
      const seen = await look.lookAgain(event, refusedCounters(refusals, parts));
      if (seen.misread && looks < MOST_LOOKS) {
        looks += 1;
        parts = make(look.isSplit(event.id));
        continue;
      }
      const refused = asReported(refusals, parts, seen.counters);
      if (refused !== undefined) return refused;
      // Nobody is held to an event by a counter that is wrong: it is reported, and the rest is given back.
      logger.warn('a registration held what is not there to give back', { refusals: refusals.length });
      const missing = refusals.map(({ position }) => position);
      parts = parts.filter((_, position) => !missing.includes(position));
    }
  }
  return {
    change: (change) => write(change.event, (isSplit) => partsOf(change, tables, system, isSplit)),
    release: (release) => write(release.event, (isSplit) => releaseParts(release, tables, system, isSplit)),
  };
}

/** Nothing where all that was refused is giving back what a counter does not have. */
function asReported(
  refusals: readonly WriteRefusal[],
  parts: readonly Part[],
  counters: ReadonlyMap<string, Counter>,
): ChangeRefused | undefined {
  const refused = refusals.flatMap(({ position, old }) => {
    const part = parts[position];
    return part === undefined ? [] : [{ ...part, old }];
  });
  if (refused.every(onlyGivesBack)) return undefined;
  for (const part of refused) {
    if (part.is === 'counter' && !counters.has(counterName(part.change))) {
      throw new Error(`the counter of quota ${part.change.quota} is missing`);
    }
  }
  const lock = refused.find(({ is }) => is === 'lock')?.old;
  return {
    registration: refused.some(({ is }) => is === 'registration'),
    lock: lock && fromLockItem(lock),
    invitation: refused.some(({ is }) => is === 'invitation'),
    pass: refused.some(({ is }) => is === 'pass'),
    also: refused.some(({ is }) => is === 'other'),
    counters,
  };
}

const onlyGivesBack = (part: Part): boolean =>
  part.is === 'freed-lock' ||
  part.is === 'tie' ||
  (part.is === 'counter' && part.change.taken <= 0 && part.change.waiting <= 0);

const refusedCounters = (refusals: readonly WriteRefusal[], parts: readonly Part[]): readonly RefusedChange[] =>
  refusals.flatMap(({ position, old }) => {
    const part = parts[position];
    return part?.is === 'counter' ? [{ change: part.change, old }] : [];
  });

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly changes: ChangeStore;
  }
}
