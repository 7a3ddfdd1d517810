import type { EventDefinition } from '../../event/event.ts';
import { lastDay, retentionEnd } from '../../event/event-times.ts';
import { CANARY_SCANS_KEPT, isCanary } from '../../kernel/canary.ts';
import { logger } from '../../kernel/log.store.ts';
import { revokedTickets } from '../../ticket/revoked-ticket.store.ts';
import { minutesKept } from '../attendance/minutes.ts';
import type { Device } from '../device/device.schema.ts';
import { isVettedDevice } from '../device/device.ts';
import { doorsOf } from '../list/check-in-lists.store.ts';
import type { Doubt } from '../review/decision.ts';
import { type SharedMark, tellOthers } from '../roster/check-in-feed.store.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { enter, proveByTicket } from '../walk-in/walk-in.case.ts';
import { scanOf } from '../walk-in/walk-in.ts';
import { followReplaced, holdersOf, holderThen, type NamedHolder } from './holders.case.ts';
import { type KeptScan, keepScan, LANES, laneOf, type ScanDeps, type ScanSituation } from './keep-scan.case.ts';
import { keepTogether, type ToKeep } from './keep-together.case.ts';
import { type Scan, type ScanAnswer, type SentScan, sentScan } from './scans.schema.ts';
import { roundsOf } from './take-scan.ts';

const BATCH_NAME_BYTES = 6;

/** Whose scans are brought in, and how long that may take. */
export interface Bringing {
  /** The phone that made them. */
  readonly device: Device;
  readonly event: EventDefinition<string>;
  /** Epoch milliseconds: nothing more is begun then, and what is left comes again. */
  readonly until: number;
}

/** What a batch is looked at with. */
interface Setting extends Bringing {
  readonly deps: ScanDeps;
  /** Walk-ins entered meanwhile are added. */
  readonly holders: Map<string, NamedHolder>;
  /** Tickets, as hashes, of people who are erased, or gave their place away: what a desk said of them is not kept. */
  readonly gone: ReadonlySet<string>;
  readonly expiresAt: number;
}

/** A scan that may be kept, and its place in the batch. */
interface Readable {
  readonly place: number;
  readonly told: SentScan;
  readonly door: ListTerms;
}

interface Done {
  readonly place: number;
  readonly answer: ScanAnswer;
  readonly shared?: SharedMark | undefined;
}

/**
 * Keeps what a phone scanned, each scan for itself: what is wrong with one harms no other (CI6). An answer is a promise, and
 * leaves only when the other phones will hear of what was kept too.
 */
export async function bringIn(
  deps: ScanDeps,
  bringing: Bringing,
  scans: readonly unknown[],
): Promise<readonly ScanAnswer[]> {
  const { device, event } = bringing;
  const doors = await doorsOf(deps, event, device);
  const answers = scans.map((scan): ScanAnswer | Omit<Readable, 'place'> => read(scan, doors, device));
  const readable = answers.flatMap((each, place) => ('told' in each ? [{ ...each, place }] : []));
  const registered = readable.map(({ told }) => told).filter(({ walkIn }) => walkIn === undefined);
  const holders = new Map(await holdersOf(deps, event, registered));
  const gone = await goneOf(deps, event, registered, holders);
  const setting = { ...bringing, deps, holders, gone, expiresAt: keptUntil(deps, event) };
  const done = new Map<number, Done>();
  for (const round of roundsOf(readable)) {
    for (const each of await keepRound(setting, round)) done.set(each.place, each);
  }
  await tell(
    setting,
    [...done.values()].flatMap(({ shared }) => shared ?? []),
  );
  const came = [...done.values()].flatMap(({ answer, shared }) =>
    answer.result === 'kept' && shared?.mark.kind === 'in' ? (holders.get(shared.ticket) ?? []) : [],
  );
  await proveByTicket(deps, event, came);
  return answers.map((each, place) => done.get(place)?.answer ?? ('result' in each ? each : { result: 'later' }));
}

const keptUntil = ({ system }: ScanDeps, event: EventDefinition<string>): number =>
  isCanary(event.id) ? Math.ceil(system.now().getTime() / 1000) + CANARY_SCANS_KEPT : retentionEnd(event);

/** Of those of whom something was said, and who are nobody now: most are tickets that nobody ever had, of which a person decides. */
async function goneOf(
  { client, registry }: ScanDeps,
  event: EventDefinition<string>,
  scans: readonly SentScan[],
  holders: ReadonlyMap<string, NamedHolder>,
): Promise<ReadonlySet<string>> {
  if (!scans.some(({ ticket, reason }) => reason !== undefined && !holders.has(ticket))) return new Set();
  const revoked = await revokedTickets(client, registry, event.id);
  return new Set(revoked.flatMap(({ ticket, to }) => (to === undefined ? [ticket] : [])));
}

/** As it is kept. */
function keptScan({ device, gone }: Setting, { reason, ...told }: SentScan): Scan {
  return scanOf({ ...told, ...(!gone.has(told.ticket) && { reason }) }, device.id);
}

function read(
  scan: unknown,
  doors: ReadonlyMap<string, ListTerms>,
  { maySearch }: Pick<Device, 'maySearch'>,
): ScanAnswer | Omit<Readable, 'place'> {
  const parsed = sentScan.safeParse(scan);
  if (!parsed.success) return { result: 'refused', why: 'not-a-scan' };
  const { kind, undoes, list, companion, reason } = parsed.data;
  const isWhole = (kind === 'undo') === (undoes !== undefined) && (companion === undefined || kind === 'out');
  if (!isWhole) return { result: 'refused', why: 'not-a-scan' };
  if (reason !== undefined && !maySearch) return { result: 'refused', why: 'not-a-desk' };
  const door = doors.get(list);
  return door === undefined ? { result: 'refused', why: 'unknown-list' } : { told: parsed.data, door };
}

/** Scans of different tickets. Walk-ins, and attendees with another ticket by now, take work of their own; the others are kept together. */
async function keepRound(setting: Setting, round: readonly Readable[]): Promise<readonly Done[]> {
  const isAlone = ({ told }: Readable): boolean =>
    told.walkIn !== undefined || holderOf(setting, told)?.replaced !== undefined;
  const alone = round.filter(isAlone);
  const lanes = Array.from({ length: LANES }, (_, lane) => alone.filter(({ told }) => laneOf(told.ticket) === lane));
  const kept = lanes.map(async (lane) => {
    const done: Done[] = [];
    for (const each of lane) done.push(await keepAlone(setting, each));
    return done;
  });
  const together = keepAll(
    setting,
    round.filter((each) => !isAlone(each)),
  );
  return [...(await together), ...(await Promise.all(kept)).flat()];
}

async function keepAll(setting: Setting, some: readonly Readable[]): Promise<readonly Done[]> {
  const { deps } = setting;
  if (some.length === 0 || !hasTime(setting)) return some.map(later);
  const wanted = some.map((each): ToKeep & { readonly of: Readable } => ({
    ...{ of: each, scan: keptScan(setting, each.told) },
    occasion: occasionOf(setting, each.door, whoseIs(setting, each.told)),
  }));
  try {
    const keptOf = await keepTogether(deps, wanted, () => hasTime(setting));
    return wanted.map((each) => {
      const kept = keptOf(each);
      return kept === undefined ? later(each.of) : doneBy(each.of, kept);
    });
  } catch (error) {
    logger.error('scans not kept', { error, device: setting.device.id });
    return some.map(later);
  }
}

async function keepAlone(setting: Setting, each: Readable): Promise<Done> {
  const { deps, device, event, holders, expiresAt } = setting;
  const { place, told, door } = each;
  if (!hasTime(setting)) return later(each);
  try {
    const whose = told.walkIn ? await enter(deps, device, event, told, told.walkIn) : whoseIs(setting, told);
    if ('result' in whose) return { place, answer: whose };
    // They may have gone on to another door before the phone had a network again: its scans of them come with the same batch.
    if (whose.holder !== undefined) holders.set(told.ticket, whose.holder);
    const kept = await keepScan(deps, keptScan(setting, told), occasionOf(setting, door, whose));
    if (kept.result !== 'refused' && whose.holder !== undefined) {
      const { holder } = whose;
      const follows = { eventId: event.id, ticket: told.ticket, door, holder, minutes: minutesKept(event) };
      await followReplaced(deps, follows, expiresAt);
    }
    return doneBy(each, kept);
  } catch (error) {
    // Nothing of it is lost: the phone has it, and sends it again.
    logger.error('scan not kept', { error, device: device.id });
    return later(each);
  }
}

const hasTime = ({ deps, until }: Setting): boolean => deps.system.now().getTime() < until;

const holderOf = ({ holders }: Setting, told: SentScan): NamedHolder | undefined =>
  holderThen(holders.get(told.ticket), told);

const whoseIs = (setting: Setting, told: SentScan): Pick<ScanSituation, 'holder' | 'doubt'> => ({
  holder: holderOf(setting, told),
  doubt: handedOver(setting, told),
});

/** Names and codes are checked at the safeguarding desk alone: no other device names a companion but a chaperone (CS24). */
const handedOver = ({ device, event }: Setting, { companion = 'chaperone' }: SentScan): Doubt | undefined =>
  companion === 'chaperone' || (device.maySearch && isVettedDevice(device, lastDay(event)))
    ? undefined
    : 'left-unasked';

const occasionOf = (
  { event, device, expiresAt }: Setting,
  door: ListTerms,
  whose: Pick<ScanSituation, 'holder' | 'doubt'>,
): ScanSituation => ({
  eventId: event.id,
  door,
  ...whose,
  enrolledAt: device.enrolledAt,
  expiresAt,
  minutes: minutesKept(event),
});

const later = ({ place }: Readable): Done => ({ place, answer: { result: 'later' } });

function doneBy({ place, told, door }: Readable, kept: KeptScan): Done {
  const shared = kept.result === 'refused' ? undefined : { list: door.id, ticket: told.ticket, mark: kept.mark };
  return { place, answer: answerTo(kept, told), shared };
}

function answerTo(kept: KeptScan, told: SentScan): ScanAnswer {
  if (kept.result === 'refused') return kept;
  const { correctedAt } = kept.mark;
  const time = correctedAt !== told.correctedAt && { correctedAt };
  if (kept.result === 'known') return { result: 'known', ...time };
  const { earlier, doubt } = kept;
  return {
    result: 'kept',
    ...time,
    ...(earlier && { earlier: { device: earlier.device, correctedAt: earlier.correctedAt } }),
    ...(doubt && { doubt }),
  };
}

async function tell({ deps, event, device, expiresAt }: Setting, marks: readonly SharedMark[]): Promise<void> {
  if (marks.length === 0) return;
  const { client, registry, system } = deps;
  const batch = Buffer.from(system.random(BATCH_NAME_BYTES)).toString('base64url');
  const about = { eventId: event.id, device: device.id, at: system.now(), batch };
  await tellOthers(client, registry, about, marks, expiresAt);
}
