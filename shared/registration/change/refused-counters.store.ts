import type { EventDefinition } from '../../event/event.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { Patient, WriteRefusal } from '../../kernel/dynamo/transact.store.ts';
import { counterKey, fromCounterItem } from '../../seats/counter.store.ts';
import { poolStore } from '../../seats/pool.store.ts';
import { type Counter, counterName, type Pool, poolName, poolOf } from '../../seats/quota.ts';
import { type CounterChange, isPossible } from '../../seats/seat-changes.ts';
import type { Part } from './change-parts.store.ts';

/** A change of a counter that was refused. */
export interface RefusedChange {
  readonly change: CounterChange;
  /** The counter as it is. */
  readonly old: Record<string, unknown> | undefined;
}

export interface SeenCounters {
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
