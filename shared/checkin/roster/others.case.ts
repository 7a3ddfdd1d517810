import type { Mark } from '../scan/scan.ts';
import { type FeedPage, feedPage } from './check-in-feed.store.ts';
import type { Deps, For } from './deps.case.ts';
import type { RosterCursor } from './roster-cursor.ts';

/** Milliseconds for which what was told is told again: it is stamped a moment before it is written, by a function that has ten seconds. */
export const FEED_SETTLES = 12_000;

/** How a ticket stands on a list by what others brought in. */
export interface OthersCheckIn {
  readonly list: string;
  readonly ticket: string;
  readonly marks: readonly Mark[];
}

/**
 * What other devices brought in for the lists of this one, in one read of at most 1 MB; and its own, as long as it has not caught up: it
 * may have lost them.
 *
 * @param now epoch milliseconds
 */
export async function others(
  { client, registry }: Deps,
  { device }: For,
  { feed, isCatchingUp }: Pick<RosterCursor, 'feed' | 'isCatchingUp'>,
  now: number,
): Promise<{ readonly checkIns: readonly OthersCheckIn[]; readonly feed: string; readonly hasMore: boolean }> {
  const page = await feedPage(client, registry, device.eventId, feed);
  const settled = new Date(now - FEED_SETTLES).toISOString();
  const next = page.next === undefined || page.next > settled ? settled : page.next;
  const reached = next > feed ? next : feed;
  return {
    checkIns: byTicket(page, ({ list, by }) => device.lists.includes(list) && (isCatchingUp || by !== device.id)),
    feed: reached,
    hasMore: page.next !== undefined && page.next <= settled,
  };
}

function byTicket({ marks }: FeedPage, isWanted: (mark: FeedPage['marks'][number]) => boolean): OthersCheckIn[] {
  const found = new Map<string, { list: string; ticket: string; marks: Map<string, Mark> }>();
  for (const each of marks.filter(isWanted)) {
    const { list, ticket, mark } = each;
    const place = `${list} ${ticket}`;
    const known = found.get(place) ?? { list, ticket, marks: new Map() };
    known.marks.set(mark.scanId, mark);
    found.set(place, known);
  }
  return [...found.values()].map(({ list, ticket, marks: each }) => ({ list, ticket, marks: [...each.values()] }));
}
