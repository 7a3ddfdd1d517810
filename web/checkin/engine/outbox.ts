import type { Db } from './database.ts';
import { markOf } from './marks.ts';
import type { CheckIn, KeptScan, ScanAnswer } from './types.ts';

/** A scan that is not on the server, under its key. */
export interface Waiting {
  readonly key: number;
  readonly kept: KeptScan;
}

/** The next of them in the order in which they were made. @param after key of the last one that was looked at */
export async function waitingAfter(db: Db, after: number, limit: number): Promise<Waiting[]> {
  const range = IDBKeyRange.lowerBound(after, true);
  const { store } = db.transaction('outbox');
  const [keys, values] = await Promise.all([store.getAllKeys(range, limit), store.getAll(range, limit)]);
  return values.map((kept, index) => ({ key: keys[index] as number, kept }));
}

/** What the answers to a batch leave on the phone. */
export interface Settled {
  readonly gone: number;
  readonly refused: number;
}

/**
 * A scan for which another time counts than the one that was told, as all others have it: this phone has to go by it too, or it would
 * see people come and go in another order than they.
 */
export function retimed({ kept }: Waiting, answer: ScanAnswer | undefined): CheckIn[] {
  const isKept = answer?.result === 'kept' || answer?.result === 'known';
  if (!isKept || answer.correctedAt === undefined) return [];
  const { correctedAt } = answer;
  return [{ list: kept.scan.list, ticket: kept.scan.ticket, marks: [{ ...markOf(kept), correctedAt }] }];
}

/**
 * Lets go of what the server has, and sets aside what it never takes (CI6). Whatever has no such answer of its own stays. If this is
 * lost, the scans are sent again, which changes nothing.
 */
export async function settle(db: Db, batch: readonly Waiting[], answers: readonly ScanAnswer[]): Promise<Settled> {
  const tx = db.transaction(['outbox', 'refused'], 'readwrite');
  const outbox = tx.objectStore('outbox');
  const work: Promise<unknown>[] = [];
  let [gone, refused] = [0, 0];
  batch.forEach(({ key, kept }, index) => {
    const answer = answers[index];
    if (answer?.result !== 'kept' && answer?.result !== 'known' && answer?.result !== 'refused') return;
    if (answer.result === 'refused') {
      work.push(tx.objectStore('refused').put({ ...kept, why: answer.why }, key));
      refused += 1;
    }
    work.push(outbox.delete(key));
    gone += 1;
  });
  await Promise.all([...work, tx.done]);
  return { gone, refused };
}
