import type { Mark } from '../../../shared/checkin/scan/scan.ts';
import type { Db } from './database.ts';
import { markOf, unionOf } from './marks.ts';
import type { Change } from './tally.ts';
import type { KeptScan } from './types.ts';

/**
 * Keeps a scan until the server has it, and counts it at once among those of its ticket: both or nothing, and on the disk before this
 * resolves (CI2).
 *
 * @returns the scan as it was kept, and what it changed
 * @throws DOMException `QuotaExceededError` where there is no room
 */
export async function keepScan(db: Db, made: KeptScan): Promise<{ readonly kept: KeptScan; readonly change: Change }> {
  const { list, ticket } = made.scan;
  const tx = db.transaction(['outbox', 'checkIns'], 'readwrite', { durability: 'strict' });
  const store = tx.objectStore('checkIns');
  const keeping = store.get([list, ticket]).then(async (checkIn) => {
    const before = checkIn?.marks ?? [];
    const kept = afterOwn(made, before);
    const after = unionOf(before, [markOf(kept)]);
    await Promise.all([store.put({ list, ticket, marks: after }), tx.objectStore('outbox').add(kept)]);
    return { kept, change: { list, before, after } };
  });
  const [result] = await Promise.all([keeping, tx.done]);
  return result;
}

/**
 * What a phone saw first was first: where it learned meanwhile that its clock was ahead, whoever left would else have left before they
 * came, and be inside for ever.
 */
function afterOwn(made: KeptScan, known: readonly Mark[]): KeptScan {
  const own = known.filter(({ device }) => device === made.device).map(({ correctedAt }) => correctedAt + 1);
  return { ...made, scan: { ...made.scan, correctedAt: Math.max(made.scan.correctedAt, ...own) } };
}
