import type { Db } from './database.ts';
import { markOf, unionOf } from './marks.ts';
import type { Change } from './tally.ts';
import type { KeptScan } from './types.ts';

/**
 * Keeps a scan until the server has it, and counts it at once among those of its ticket: both or nothing, and on the disk before this
 * resolves (CI2).
 *
 * @throws DOMException `QuotaExceededError` where there is no room
 */
export async function keepScan(db: Db, kept: KeptScan): Promise<Change> {
  const { list, ticket } = kept.scan;
  const tx = db.transaction(['outbox', 'checkIns'], 'readwrite', { durability: 'strict' });
  const store = tx.objectStore('checkIns');
  const known = store.get([list, ticket]).then(async (checkIn) => {
    const before = checkIn?.marks ?? [];
    const after = unionOf(before, [markOf(kept)]);
    await store.put({ list, ticket, marks: after });
    return { list, before, after };
  });
  const [change] = await Promise.all([known, tx.objectStore('outbox').add(kept), tx.done]);
  return change;
}
