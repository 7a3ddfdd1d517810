import type { EventDefinition, Quota } from '../event/event.ts';
import { BusyError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { hasKept, hasToDivide, isSplit, levelKept, openKept, type SplitCounter } from './kept-seats.ts';
import { type Counter, poolOf } from './quota.ts';

type Deps = Needs<'pools'>;

/**
 * Before anyone is promoted: the counters are as the definition says, also where its publication was interrupted, and no seat that
 * is kept at one of them is given while more are taken than there are at another.
 *
 * @returns the counters of each quota that is not per organisation or country, by `counterName`
 */
export async function settleCounters(deps: Deps, event: EventDefinition<string>): Promise<Map<string, Counter>> {
  const counters = new Map<string, Counter>();
  for (const quota of fixedQuotas(event)) {
    for (const [name, counter] of await deps.pools.read(event, [poolOf(quota)])) counters.set(name, counter);
  }
  return counters;
}

/** What opening left to be done: all again, since an attendee came meanwhile; or later, when fewer people register. */
type Left = 'nothing' | 'again' | 'later';

/**
 * After all who can be were promoted: opens to newcomers what is kept in pools for which nobody waits. Where people wait
 * who need something else as well, it stays kept, and an attendee about to join them has to look again: a seat may be there.
 * All counters are written at once, which does not succeed in a rush; it need not, while others are open or people wait.
 *
 * @param waiting how many wait in each quota, as the list said
 */
export async function openKeptSeats(
  deps: Deps,
  event: EventDefinition<string>,
  waiting: ReadonlyMap<string, number>,
): Promise<Left> {
  const left: Left[] = [];
  for (const quota of fixedQuotas(event).filter(({ shards }) => shards > 1)) {
    const counters = await readAll(deps, event, quota);
    if (!hasKept(counters) && !hasToDivide(counters)) continue;
    const waitNow = counters.reduce((sum, counter) => sum + counter.waiting, 0);
    const isAsSeen = waitNow <= (waiting.get(quota.id) ?? 0);
    const opened = await openAll(deps, event, quota, counters);
    left.push(isAsSeen || opened === 'later' ? opened : 'again');
  }
  return left.includes('again') ? 'again' : left.includes('later') ? 'later' : 'nothing';
}

async function openAll(
  deps: Deps,
  { id }: EventDefinition<string>,
  quota: Quota<string>,
  counters: readonly SplitCounter[],
): Promise<Left> {
  try {
    const done = await deps.pools.rewrite(id, { quota: quota.id }, counters, openKept(levelKept(counters)));
    return done ? 'nothing' : 'again';
  } catch (error) {
    if (error instanceof BusyError) return 'later';
    throw error;
  }
}

const fixedQuotas = ({ quotas }: EventDefinition<string>): readonly Quota<string>[] =>
  quotas.filter(({ per }) => per === undefined);

const readAll = async (
  deps: Deps,
  event: EventDefinition<string>,
  quota: Quota<string>,
): Promise<readonly SplitCounter[]> => [...(await deps.pools.read(event, [poolOf(quota)])).values()].filter(isSplit);
