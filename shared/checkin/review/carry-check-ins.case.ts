import { createHash } from 'node:crypto';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import { type Patient, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given, Needs } from '../../kernel/parts.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { headcountFor } from '../../minors/chaperone/headcount.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { type MinutesKept, minutesKept } from '../attendance/minutes.ts';
import { checkInKey, scanKey } from '../check-in-keys.ts';
import { ticketHolderOf } from '../holder.ts';
import { readCheckInLists, termsOfList } from '../list/check-in-lists.store.ts';
import { type SharedMark, tellOthers } from '../roster/check-in-feed.store.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { type CheckIn, fromCheckInItem, fromScanItem } from '../scan/check-in.store.ts';
import { type KeepDeps, keepScan, type ScanSituation } from '../scan/keep-scan.case.ts';
import { validMarks } from '../scan/passage.ts';
import type { Scan } from '../scan/scans.schema.ts';
import { addCheckInDecision, decisionItemsOn, eraseDecisionNotes, fromCheckInDecisionItem } from './decision.store.ts';

type Deps = Needs<'checkIns' | 'registrations' | 'waitlist'>;

/**
 * Has attendance follow the attendee from a ticket that was replaced to the one that they have now: at a door they are in already, and
 * are counted once. The former ticket then says no more whose it was, since whatever is erased later is found by the one that they have.
 * Twice is as good as once.
 */
export async function transferAttendance(deps: Deps, { eventId, reference: ticket = '' }: Job): Promise<void> {
  const { client, registry } = deps.checkIns;
  const event = await deps.waitlist.readEvent(eventId);
  const items = await queryPartition(client, registry, checkInKey(eventId, ticket, '').pk);
  if (event === undefined || items.length === 0) return;
  const known = await readCheckInLists(client, registry, event);
  for (const checkIn of items.map(fromCheckInItem)) {
    const door = termsOfList(event, known, checkIn.list);
    const registration =
      checkIn.reference === undefined ? undefined : await deps.registrations.read(eventId, checkIn.reference);
    if (door === undefined || registration === undefined) continue;
    const to = ticketHashOf(registration);
    if (to === ticket) continue;
    const holder = await holderIn(deps, event, registration);
    await transferToTicket(
      deps.checkIns,
      { checkIn, to, door, holder, minutes: minutesKept(event) },
      retentionEnd(event),
    );
  }
  await anonymiseCheckIns(deps.checkIns, eventId, ticket);
}

async function holderIn(deps: Deps, event: EventDefinition<string>, registration: Registration) {
  const counts = await headcountFor(deps.checkIns, event, [registration]);
  const holder = ticketHolderOf(event, asHeld(event, registration), counts);
  return { reference: registration.reference, ...holder };
}

/** How a ticket stands on a list, and whose other ticket it is to stand for. */
interface Carried {
  readonly checkIn: CheckIn;
  /** `ticketHash` of the other ticket, base64url. */
  readonly to: string;
  readonly door: ListTerms;
  readonly holder: NonNullable<ScanSituation['holder']>;
  readonly minutes: MinutesKept;
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
export async function transferCheckIn(
  deps: KeepDeps,
  { checkIn, to, door, holder, minutes }: Carried,
  expiresAt: number,
): Promise<void> {
  const { eventId, ticket, list } = checkIn;
  const occasion: ScanSituation = { eventId, door, holder, enrolledAt: 0, expiresAt, minutes };
  const shared: SharedMark[] = [];
  const keep = async (scan: Scan): Promise<boolean> => {
    const kept = await keepScan(deps, scan, occasion);
    if (kept.result !== 'refused') shared.push({ list, ticket: scan.ticket, mark: kept.mark });
    return kept.result !== 'refused';
  };
  // What was taken back by this very work stands for it: where it fell before the phones were told, they are told now.
  const ids = new Set(checkIn.marks.map(({ scanId }) => scanId));
  const own = new Set(checkIn.marks.map(({ scanId }) => idOf('left', scanId, to)));
  const valid = validMarks(checkIn.marks.filter(({ scanId }) => !own.has(scanId)));
  const keyOf = ({ scanId }: Pick<Scan, 'scanId'>) => scanKey(eventId, scanId);
  const find = await batchGet(deps.client, deps.registry, valid.map(keyOf), deps.system);
  for (const mark of valid) {
    const { scanId, device, kind, correctedAt } = mark;
    const times = { scannedAt: correctedAt, correctedAt };
    const fact = find(keyOf(mark));
    const { reason, by, companion }: Partial<Scan> = fact ? fromScanItem(fact) : {};
    const why = { ...(reason && { reason }), ...(by && { by }), ...(companion && { companion }) };
    const isKept = await keep({ scanId: carriedId(scanId, to), list, ticket: to, device, kind, ...why, ...times });
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
 * Has a check-in, and what people decided on it, follow the attendee to another ticket. Twice is as good as once.
 *
 * @param expiresAt epoch seconds
 */
export async function transferToTicket(deps: CheckInDeps, carried: Carried, expiresAt: number): Promise<void> {
  await transferCheckIn(deps, carried, expiresAt);
  await carryDecisions(deps, carried, expiresAt);
}

export type CheckInDeps = Given<'registry', keyof Patient>;

/**
 * Leaves nothing of whose ticket it was that came in, nor what anyone noted of them, or said as they let them in. What stays are scans of a
 * ticket whose id is kept nowhere, so that counts stay exact also where a phone brings them in again, and what was decided on them. Twice is as
 * good as once.
 *
 * @param ticket `ticketHash`, base64url
 */
export async function anonymiseCheckIns(
  { client, registry, system }: CheckInDeps,
  eventId: string,
  ticket: string,
): Promise<void> {
  const items = await queryPartition(client, registry, checkInKey(eventId, ticket, '').pk);
  // Notes first: a check-in that names nobody is passed over when this is done again.
  for (const { sk } of items) await eraseDecisionNotes(client, registry, { eventId, list: String(sk), ticket });
  await eraseReasons({ client, registry, system }, eventId, items.map(fromCheckInItem));
  for (const { pk, sk } of items.filter(
    ({ reference }) => reference !== undefined,
  ) as readonly unknown[] as ItemKey[]) {
    const Update = {
      TableName: registry,
      Key: { pk, sk },
      UpdateExpression: 'SET revision = revision + :one REMOVE #reference',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#reference': 'reference' },
      ExpressionAttributeValues: { ':one': 1 },
    };
    await transact(client, [{ Update }], system);
  }
}

/** What desks and members said of those who had no ticket may say who they are; which member it was is told with it, or not at all. */
async function eraseReasons(
  { client, registry, system }: CheckInDeps,
  eventId: string,
  checkIns: readonly CheckIn[],
): Promise<void> {
  const keys = checkIns.flatMap(({ marks }) => marks.map(({ scanId }) => scanKey(eventId, scanId)));
  const find = await batchGet(client, registry, keys, system, true);
  for (const Key of keys.filter((key) => ['reason', 'by'].some((name) => find(key)?.[name] !== undefined))) {
    const Update = {
      TableName: registry,
      Key,
      UpdateExpression: 'REMOVE #reason, #by',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#reason': 'reason', '#by': 'by' },
    };
    await transact(client, [{ Update }], system);
  }
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly checkIns: CheckInDeps;
  }
}
