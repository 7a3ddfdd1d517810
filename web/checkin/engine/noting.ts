import { type ScanMark, UNDO_WITHIN } from '../../../shared/checkin/scan/scan.ts';
import type { ScanKind } from '../../../shared/checkin/scan/scans.schema.ts';
import { toBase64url } from './base64url.ts';
import { type Change, markOf, unionOf } from './check-ins.ts';
import type { Context } from './context.ts';
import { type Db, type SentScan, type WaitingScan, whyNotKept } from './database.ts';
import type { Noted } from './engine.ts';
import { countChanges } from './memory.ts';

/**
 * Keeps a scan until the server has it, and counts it at once among those of its ticket: both or nothing, and on the disk before this
 * resolves (CI2).
 *
 * @returns the scan as it was kept, and what it changed
 * @throws DOMException `QuotaExceededError` where there is no room
 */
async function keepScan(db: Db, made: WaitingScan): Promise<{ readonly kept: WaitingScan; readonly change: Change }> {
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
 * What a phone saw first was first: where it learned meanwhile that its clock was ahead, attendees would else have left before they
 * came, and be inside for ever.
 */
function afterOwn(made: WaitingScan, known: readonly ScanMark[]): WaitingScan {
  const own = known.filter(({ device }) => device === made.device).map(({ correctedAt }) => correctedAt + 1);
  return { ...made, scan: { ...made.scan, correctedAt: Math.max(made.scan.correctedAt, ...own) } };
}

const SCAN_ID_BYTES = 16;
/** The server takes no scan of other years: a phone whose battery was empty may begin in 1970, and keeps its corrected time beside it. */
const YEARS = { from: Date.UTC(2020, 0, 1), to: Date.UTC(2100, 0, 1) };

/** A scan that can still be taken back. */
interface Recent {
  readonly scan: SentScan;
  /** By the steady clock. */
  readonly madeAt: number;
}

/** What a scan is of. */
export interface Subject {
  readonly list: string;
  readonly ticket: string;
  readonly reference?: string | undefined;
}

export type NotedResult =
  | { readonly kind: 'kept'; readonly noted: Noted }
  | { readonly kind: 'not-kept'; readonly why: 'full' | 'unavailable' };

/** What staff say besides. */
export type ScanDetails = Pick<SentScan, 'walkIn' | 'reason' | 'companion'>;

export interface Noting {
  readonly note: (subject: Subject, kind: Exclude<ScanKind, 'undo'>, said?: ScanDetails) => Promise<NotedResult>;
  /** `too-late` also of a scan that is none of this page. */
  readonly takeBack: (scanId: string) => Promise<'taken-back' | 'too-late' | 'not-kept'>;
}

/** Keeps what was seen at the door, before anyone is told, and has it sent. @param send once something is there to be sent */
export function noting(context: Context, send: () => void): Noting {
  const { deps, clock, memory } = context;
  const recent = new Map<string, Recent>();

  async function keep(made: SentScan): Promise<NotedResult> {
    const terms = memory.state.device?.terms;
    if (terms === undefined) return { kind: 'not-kept', why: 'unavailable' };
    const madeAt = deps.steady();
    let scan = made;
    try {
      const { id: device, eventId } = terms;
      const { kept, change } = await context.db.use((db) => keepScan(db, { scan: made, device, eventId }));
      scan = kept.scan;
      countChanges(memory, [change]);
    } catch (error) {
      const why = whyNotKept(error);
      memory.isFull = why === 'full';
      context.changed('here');
      return { kind: 'not-kept', why };
    }
    memory.isFull = false;
    memory.waiting += 1;
    for (const [id, each] of recent) if (madeAt - each.madeAt > UNDO_WITHIN) recent.delete(id);
    recent.set(scan.scanId, { scan, madeAt });
    context.changed('everywhere');
    send();
    return { kind: 'kept', noted: { scanId: scan.scanId, canUndoUntil: deps.now() + UNDO_WITHIN } };
  }

  const newId = () => toBase64url(deps.random(SCAN_ID_BYTES));
  const scannedAt = () => Math.min(Math.max(Math.round(deps.now()), YEARS.from), YEARS.to);

  return {
    note: ({ list, ticket, reference }, kind, { walkIn, reason, companion } = {}) =>
      keep({
        ...{ scanId: newId(), list, ticket, kind },
        ...{ scannedAt: scannedAt(), correctedAt: clock.corrected() },
        ...(reference !== undefined && { reference }),
        ...(walkIn !== undefined && { walkIn }),
        ...(reason !== undefined && { reason }),
        ...(companion !== undefined && { companion }),
      }),
    async takeBack(scanId) {
      const made = recent.get(scanId);
      const passed = made === undefined ? Number.POSITIVE_INFINITY : deps.steady() - made.madeAt;
      if (made === undefined || passed > UNDO_WITHIN) return 'too-late';
      // By the same clock as the scan, whatever was learned of it meanwhile: that only a minute passed is to be seen everywhere.
      const correctedAt = made.scan.correctedAt + Math.round(passed);
      const times = { scannedAt: scannedAt(), correctedAt };
      // Who walked in stays entered: it is that they came in which was a mistake.
      const { walkIn: _walkIn, reason: _reason, companion: _companion, ...scan } = made.scan;
      const { kind } = await keep({ ...scan, ...times, scanId: newId(), kind: 'undo', undoes: scanId });
      if (kind !== 'kept') return 'not-kept';
      recent.delete(scanId);
      return 'taken-back';
    },
  };
}
