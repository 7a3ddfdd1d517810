import type { Db } from './database.ts';
import { unionOf } from './marks.ts';
import type { Change } from './tally.ts';
import type { CheckIn } from './types.ts';

/** So few in one transaction that a scan, which needs the same store, waits for none of them long. */
const AT_ONCE = 250;

/**
 * Adds the scans of other devices to those that are known. Nothing is ever taken out, so that it does not matter what comes first, or
 * twice, or is cut off in the middle (CI3).
 *
 * @param count hears what changed the moment it is kept, before anyone can count anew what was kept
 */
export async function mergeCheckIns(
  db: Db,
  told: readonly CheckIn[],
  count: (changes: readonly Change[]) => void,
): Promise<void> {
  const each = once(told);
  for (let at = 0; at < each.length; at += AT_ONCE) count(await mergeSome(db, each.slice(at, at + AT_ONCE)));
}

/** A ticket may be told of several times at once: two that are kept side by side would each not know of the other. */
function once(told: readonly CheckIn[]): CheckIn[] {
  const all = new Map<string, CheckIn>();
  for (const checkIn of told) {
    const name = `${checkIn.list} ${checkIn.ticket}`;
    all.set(name, { ...checkIn, marks: unionOf(all.get(name)?.marks ?? [], checkIn.marks) });
  }
  return [...all.values()];
}

async function mergeSome(db: Db, told: readonly CheckIn[]): Promise<Change[]> {
  const tx = db.transaction('checkIns', 'readwrite');
  const merging = told.map(async ({ list, ticket, marks }) => {
    const before = (await tx.store.get([list, ticket]))?.marks ?? [];
    const after = unionOf(before, marks);
    if (after !== before) await tx.store.put({ list, ticket, marks: after });
    return { list, before, after };
  });
  const [changes] = await Promise.all([Promise.all(merging), tx.done]);
  return changes.filter(({ before, after }) => before !== after);
}
