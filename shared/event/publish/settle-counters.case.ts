import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { counterKey, fromCounterItem } from '../../seats/counter.store.ts';
import { type PoolStore, poolStore } from '../../seats/pool.store.ts';
import { poolOf } from '../../seats/quota.ts';
import type { EventDefinition, Quota } from '../event.ts';
import type { PublishingDeps } from './deps.case.ts';

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
 * job that promotes completes, or whoever needs a seat. Counters per organisation or country, of which there may be any number, are left to
 * these two.
 *
 * @returns quotas of which more seats are taken than there are now
 * @throws BusyError when rivals do not let go
 */
export async function settleCounters(
  { client, registry, system }: Pick<PublishingDeps, 'client' | 'registry' | 'system'>,
  rules: Rules,
  before: readonly Quota<string>[],
): Promise<readonly Overfull[]> {
  const pools = poolStore({ client, registry, system });
  const changed = rules.quotas.filter(isCounted).filter((quota) => {
    const old = before.find(({ id }) => id === quota.id);
    return old?.capacity !== quota.capacity || old.shards !== quota.shards;
  });
  const overfull = await Promise.all(changed.map((quota) => settle(pools, rules, quota)));
  return overfull.flat();
}

/** Per organisation or country there are counters for each, which begin with the first seat. */
const isCounted = ({ per }: Quota<string>): boolean => per === undefined;

async function settle(pools: PoolStore, rules: Rules, quota: Quota<string>): Promise<readonly Overfull[]> {
  const { id, capacity } = quota;
  const counters = [...(await pools.read(rules, [poolOf(quota)])).values()];
  const taken = counters.reduce((sum, counter) => sum + counter.taken, 0);
  return taken > capacity ? [{ quota: id, capacity, taken }] : [];
}

/** A quota that the event had before, though not of late, has as many counters as it had. */
export async function withFormerCounters<Definition extends Rules>(
  { client, registry, system }: Pick<PublishingDeps, 'client' | 'registry' | 'system'>,
  rules: Definition,
  before: readonly Quota<string>[],
): Promise<Definition> {
  const added = rules.quotas.filter((quota) => isCounted(quota) && !before.some(({ id }) => id === quota.id));
  if (added.length === 0 || before.length === 0) return rules;
  const keyOf = ({ id }: Quota<string>) => counterKey(rules.id, { quota: id, shard: 0 });
  const item = await batchGet(client, registry, added.map(keyOf), system, true);
  const quotas = rules.quotas.map((quota) => {
    const found = added.includes(quota) && item(keyOf(quota));
    return found ? { ...quota, shards: Math.max(quota.shards, fromCounterItem(found).split?.counters ?? 1) } : quota;
  });
  return { ...rules, quotas };
}
