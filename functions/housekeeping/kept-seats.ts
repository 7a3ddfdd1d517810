import type { EventDefinition, Quota } from '../../shared/domain/event.ts';
import {
  hasKept,
  hasToLevel,
  isSplit,
  levelKept,
  openKept,
  type SplitCounter,
} from '../../shared/domain/kept-seats.ts';
import { counterName, countersOf } from '../../shared/domain/quota.ts';
import type { Deps } from './deps.ts';

/** Before anyone is promoted: no seat that is kept at one counter is given while more are taken than there are at another. */
export async function levelKeptSeats(deps: Deps, event: EventDefinition<string>): Promise<void> {
  for (const { id } of splitQuotas(event)) {
    const counters = await readAll(deps, event, id);
    if (hasToLevel(counters)) await deps.split.rewrite(event.id, id, counters, levelKept(counters));
  }
}

/**
 * After all who can be were promoted: opens to newcomers what is kept in pools for which nobody waits. Where people wait
 * who need something else as well, it stays kept, and whoever was about to join them has to look again: a seat may be there.
 *
 * @param waiting how many wait in each quota, as the list said
 * @returns whether anyone came meanwhile, so that it all has to be done again
 */
export async function openKeptSeats(
  deps: Deps,
  event: EventDefinition<string>,
  waiting: ReadonlyMap<string, number>,
): Promise<boolean> {
  let someoneCame = false;
  for (const { id } of splitQuotas(event)) {
    const counters = await readAll(deps, event, id);
    const waitNow = counters.reduce((sum, counter) => sum + counter.waiting, 0);
    const isAsSeen = waitNow <= (waiting.get(id) ?? 0);
    const isDone =
      !hasKept(counters) || (await deps.split.rewrite(event.id, id, counters, openKept(levelKept(counters))));
    someoneCame ||= hasKept(counters) && !(isAsSeen && isDone);
  }
  return someoneCame;
}

const splitQuotas = ({ quotas }: EventDefinition<string>): readonly Quota<string>[] =>
  quotas.filter(({ shards }) => shards > 1);

async function readAll(deps: Deps, event: EventDefinition<string>, quota: string): Promise<readonly SplitCounter[]> {
  const shards = event.quotas.find(({ id }) => id === quota)?.shards ?? 1;
  const ids = countersOf({ quota, shards });
  const found = await deps.waitlist.readCounters(event, ids);
  return ids.flatMap((id) => found.get(counterName(id)) ?? []).filter(isSplit);
}
