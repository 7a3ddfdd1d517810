import { createHash } from 'node:crypto';
import { transact } from '../../kernel/dynamo/transact.store.ts';
import type { Door } from '../list/list.ts';
import { type SharedMark, tellOthers } from '../roster/check-in-feed.store.ts';
import type { CheckIn } from '../scan/check-in.store.ts';
import { type Deps, keepScan, type Occasion } from '../scan/keep-scan.case.ts';
import { standingOf } from '../scan/passage.ts';
import { byRank, type Scan } from '../scan/scan.ts';
import type { CheckInDeps } from './anonymise-check-ins.case.ts';
import { addCheckInDecision, fromCheckInDecisionItem } from './check-in-decision.store.ts';
import { decisionItemsOn } from './check-in-decisions.store.ts';

/** How a ticket stands on a list, and whose other ticket it is to stand for. */
interface Carried {
  readonly checkIn: CheckIn;
  /** `ticketHash` of the other ticket, base64url. */
  readonly to: string;
  readonly door: Door;
  readonly holder: NonNullable<Occasion['holder']>;
}

/** 128 bits, as of any scan. */
const SCAN_ID_BYTES = 16;
/** What tells phones of it. */
const TOLD_BY = 'carried';

/**
 * Notes each scan that stands under the other ticket, as if that had been scanned, and takes it back under the former: facts like all
 * others, with ids made from theirs, so that counts stay exact and to do it again adds nothing.
 *
 * @param expiresAt epoch seconds
 */
export async function carryCheckIn(
  deps: Deps,
  { checkIn, to, door, holder }: Carried,
  expiresAt: number,
): Promise<void> {
  const { eventId, ticket, list } = checkIn;
  const occasion: Occasion = { eventId, door, holder, enrolledAt: 0, expiresAt };
  const shared: SharedMark[] = [];
  const keep = async (scan: Scan): Promise<boolean> => {
    const kept = await keepScan(deps, scan, occasion);
    if (kept.result !== 'refused') shared.push({ list, ticket: scan.ticket, mark: kept.mark });
    return kept.result !== 'refused';
  };
  // What was taken back by this very work stands for it: where it fell before the phones were told, they are told now.
  const ids = new Set(checkIn.marks.map(({ scanId }) => scanId));
  const own = new Set(checkIn.marks.map(({ scanId }) => idOf('left', scanId, to)));
  for (const mark of standingOf(checkIn.marks.filter(({ scanId }) => !own.has(scanId))).sort(byRank)) {
    const { scanId, device, kind, correctedAt } = mark;
    const times = { scannedAt: correctedAt, correctedAt };
    const isKept = await keep({ scanId: carriedId(scanId, to), list, ticket: to, device, kind, ...times });
    if (!isKept) continue;
    const undo = { kind: 'undo' as const, undoes: scanId };
    await keep({ scanId: idOf('left', scanId, to), list, ticket, device, ...undo, ...times });
  }
  // What was taken back at the door, of which a phone told later, is taken back there too.
  const carried = new Set([...ids].filter((id) => ids.has(idOf('left', id, to))));
  for (const { scanId, device, undoes, correctedAt } of checkIn.marks) {
    if (undoes === undefined || !carried.has(undoes) || own.has(scanId)) continue;
    const undo = { kind: 'undo' as const, undoes: carriedId(undoes, to) };
    await keep({
      scanId: carriedId(scanId, to),
      list,
      ticket: to,
      device,
      ...undo,
      scannedAt: correctedAt,
      correctedAt,
    });
  }
  if (shared.length === 0) return;
  const about = { eventId, device: TOLD_BY, at: deps.system.now(), batch: to.slice(0, 8) };
  await tellOthers(deps.client, deps.registry, about, shared, expiresAt);
}

/** What a scan is called that stands for another one under another ticket. */
const carriedId = (scanId: string, to: string): string => idOf('carried', scanId, to);

const idOf = (what: string, scanId: string, to: string): string =>
  createHash('sha256').update(`${what} ${scanId} ${to}`).digest().subarray(0, SCAN_ID_BYTES).toString('base64url');

/**
 * Has what people decided on scans hold under the other ticket too, so that nobody has to look at the same scans again. What is there
 * already stays as it is: to do it again adds nothing.
 *
 * @param expiresAt epoch seconds
 */
async function carryDecisions(
  { client, registry, system }: CheckInDeps,
  { checkIn, to }: Pick<Carried, 'checkIn' | 'to'>,
  expiresAt: number,
): Promise<void> {
  const items = await decisionItemsOn(client, registry, checkIn);
  for (const [number, item] of items.entries()) {
    const decision = fromCheckInDecisionItem(item);
    const scans = decision.scans.map((scan) => carriedId(scan, to));
    const carried = { ...decision, ticket: to, scans };
    await transact(client, [addCheckInDecision(registry, checkIn.eventId, carried, number, expiresAt)], system);
  }
}

/**
 * Has what somebody attended on a list, and what people decided on it, follow them to another ticket. Twice is as good as once.
 *
 * @param expiresAt epoch seconds
 */
export async function carryOn(deps: CheckInDeps, carried: Carried, expiresAt: number): Promise<void> {
  await carryCheckIn(deps, carried, expiresAt);
  await carryDecisions(deps, carried, expiresAt);
}
