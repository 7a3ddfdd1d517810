import type { EventDefinition, Quota } from '../domain/event.ts';
import { idOf, type Pool, poolName } from '../domain/quota.ts';
import { batchGet } from '../store/batch-get.ts';
import { fromCounterItem } from '../store/counter-item.ts';
import { counterKey } from '../store/keys.ts';
import { type PoolStore, poolStore } from '../store/pool-store.ts';
import { listRegistrations } from '../store/registration-list.ts';
import type { PublishingDeps } from './deps.ts';

/** A quota with more seats taken than there are. */
export interface Overfull {
  readonly quota: string;
  readonly capacity: number;
  readonly taken: number;
}

type Rules = Pick<EventDefinition<string>, 'id' | 'version' | 'quotas'>;

/**
 * Has the counters of an event be as its definition says, once that is written: nothing for a quota that stays as it was, since
 * people register meanwhile. Each step is small, and none loses or makes a seat; what is left undone where this is interrupted, the
 * job that promotes completes, or whoever needs a seat.
 *
 * @returns quotas of which more seats are taken than there are now
 * @throws BusyError when rivals do not let go
 */
export async function settleCounters(
  { documents, registry, system }: PublishingDeps,
  rules: Rules,
  before: readonly Quota<string>[],
): Promise<readonly Overfull[]> {
  const pools = poolStore(documents, registry, system);
  const changed = rules.quotas.filter((quota) => {
    const old = before.find(({ id }) => id === quota.id);
    return old?.capacity !== quota.capacity || old.shards !== quota.shards;
  });
  const overfull = await Promise.all(changed.filter(isCounted).map((quota) => settle(pools, rules, quota)));
  const grouped = changed.filter((quota) => !isCounted(quota) && quota.shards > 1 && before.length > 0);
  if (grouped.length > 0) {
    const registrations = await listRegistrations(documents, registry, rules.id);
    const groups = registrations
      .flatMap(({ seats }) => seats)
      .flatMap((seat) => grouped.filter(({ id }) => id === seat.quota).map((quota) => poolOf(quota, seat.group)));
    const each = new Map(groups.map((pool) => [poolName(pool), pool]));
    for (const pool of each.values()) await pools.read(rules, [pool]);
  }
  return overfull.flat();
}

/** Per organisation or country there are counters for each, which begin with the first seat. */
const isCounted = ({ per }: Quota<string>): boolean => per === undefined;

const poolOf = ({ id, capacity, shards }: Quota<string>, group?: string): Pool => ({
  ...idOf({ quota: id, group }),
  capacity,
  shards,
});

async function settle(pools: PoolStore, rules: Rules, quota: Quota<string>): Promise<readonly Overfull[]> {
  const counters = [...(await pools.read(rules, [poolOf(quota)])).values()];
  const taken = counters.reduce((sum, counter) => sum + counter.taken, 0);
  const { id, capacity } = quota;
  return taken > capacity ? [{ quota: id, capacity, taken }] : [];
}

/** A quota that the event had before, though not of late, has as many counters as it had. */
export async function withFormerCounters<Definition extends Rules>(
  { documents, registry, system }: PublishingDeps,
  rules: Definition,
  before: readonly Quota<string>[],
): Promise<Definition> {
  const added = rules.quotas.filter((quota) => isCounted(quota) && !before.some(({ id }) => id === quota.id));
  if (added.length === 0 || before.length === 0) return rules;
  const keyOf = ({ id }: Quota<string>) => counterKey(rules.id, { quota: id, shard: 0 });
  const item = await batchGet(documents, registry, added.map(keyOf), system, true);
  const quotas = rules.quotas.map((quota) => {
    const found = added.includes(quota) && item(keyOf(quota));
    return found ? { ...quota, shards: Math.max(quota.shards, fromCounterItem(found).split?.counters ?? 1) } : quota;
  });
  return { ...rules, quotas };
}
