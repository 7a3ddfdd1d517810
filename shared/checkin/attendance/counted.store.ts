import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { checkInCountPartition, countedBy } from '../check-in-keys.ts';
import type { CheckInList } from '../list/list.ts';
import { ONLINE } from '../scan/scan.ts';
import { fromCheckInCountItem, NOBODY } from './check-in-count.store.ts';

/** How many people of one group and mode came to a list, as far as one device or lane counted them. */
export interface Counted {
  readonly list: string;
  readonly isOnline: boolean;
  readonly category: string;
  readonly mode: string;
  /** It may be below zero where another device counted them first. */
  readonly came: number;
}

/** Milliseconds for which it is remembered: many ask at once when a session ends, and what they are told moves slowly. */
const FRESH = 30_000;

/** Reads what all lists of an event counted: a unit a list, or more where many devices counted on it. */
export function countsMemory({
  client,
  registry: table,
  system: { now },
}: Given<'registry', 'now'>): (
  eventId: string,
  lists: readonly Pick<CheckInList, 'id'>[],
) => Promise<readonly Counted[]> {
  const known = new Map<string, { readonly at: number; readonly counted: Promise<readonly Counted[]> }>();
  return (eventId, lists) => {
    const at = now().getTime();
    const before = known.get(eventId);
    if (before !== undefined && at - before.at < FRESH) return before.counted;
    const counted = Promise.all(lists.map(({ id }) => countedOn(client, table, eventId, id))).then((each) =>
      each.flat(),
    );
    known.set(eventId, { at, counted });
    counted.catch(() => known.delete(eventId));
    return counted;
  };
}

async function countedOn(client: DocumentClient, table: string, eventId: string, list: string): Promise<Counted[]> {
  const items = await queryPartition(client, table, checkInCountPartition(eventId, list));
  return items.map((item) => {
    const { category, mode, came } = fromCheckInCountItem(item);
    return { list, isOnline: String(item['sk']).startsWith(countedBy(ONLINE)), category, mode, came };
  });
}

/**
 * The lists on which anybody was scanned at a door: neither a ticket of nobody, nor one that another device took back.
 *
 * @param andOnline also those to which people came online alone
 */
export function scannedOn(
  counted: readonly Counted[],
  andOnline: 'and-online' | undefined = undefined,
): ReadonlySet<string> {
  const sums = new Map<string, number>();
  for (const { list, category, isOnline, came } of counted) {
    if (category !== NOBODY && (andOnline || !isOnline)) sums.set(list, (sums.get(list) ?? 0) + came);
  }
  return new Set([...sums].filter(([, came]) => came > 0).map(([list]) => list));
}

/** How many of each group, or in each way, came at the least: who is on several lists is counted once, on that where most of their group are. */
export function cameAtLeast(
  dimension: 'mode' | 'category',
  counted: readonly Counted[],
  lists: readonly string[],
): Readonly<Record<string, number>> {
  const most: Record<string, number> = {};
  for (const list of lists) {
    const onList: Record<string, number> = {};
    for (const each of counted) {
      if (each.list === list) onList[each[dimension]] = (onList[each[dimension]] ?? 0) + each.came;
    }
    for (const [group, came] of Object.entries(onList)) most[group] = Math.max(most[group] ?? 0, came);
  }
  return most;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly counts: ReturnType<typeof countsMemory>;
  }
}
