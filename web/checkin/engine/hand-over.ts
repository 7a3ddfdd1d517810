import { ALL_STORES, type Db } from './database.ts';
import { UnsentError } from './engine.ts';
import { saveState } from './state.ts';

/** All scans that are not on the server, and those it refused, as a file that a person can hand over (CI7). @param at epoch milliseconds */
export async function exportScans(db: Db, at: number): Promise<Blob> {
  const tx = db.transaction(['outbox', 'refused']);
  const read = async (store: 'outbox' | 'refused') => {
    const [keys, scans] = await Promise.all([tx.objectStore(store).getAllKeys(), tx.objectStore(store).getAll()]);
    return { keys, scans };
  };
  const [waiting, refused] = await Promise.all([read('outbox'), read('refused')]);
  const exportedUpTo = Math.max(0, ...lastOf(waiting.keys), ...lastOf(refused.keys));
  await saveState(db, { exportedUpTo });
  // As the console reads it: web/console/checkin/hand-over/saved-file.ts.
  const content = { exportedAt: new Date(at).toISOString(), waiting: waiting.scans, refused: refused.scans };
  return new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' });
}

/** Keys come in order. */
const lastOf = (keys: readonly number[]): readonly number[] => keys.slice(-1);

/** Forgets the device and all that is kept. @throws UnsentError where scans would be lost that nobody has */
export async function forgetAll(db: Db): Promise<void> {
  const tx = db.transaction(ALL_STORES, 'readwrite', { durability: 'strict' });
  const exportedUpTo = ((await tx.objectStore('state').get('exportedUpTo')) as number | undefined) ?? 0;
  const later = IDBKeyRange.lowerBound(exportedUpTo, true);
  const lost = await Promise.all([tx.objectStore('outbox').count(later), tx.objectStore('refused').count(later)]);
  const isLoss = lost.some((count) => count > 0);
  if (!isLoss) await Promise.all(ALL_STORES.map((store) => tx.objectStore(store).clear()));
  await tx.done;
  if (isLoss) throw new UnsentError();
}
