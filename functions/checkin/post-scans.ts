import { type Kept, keepScan, LANES, laneOf } from '../../shared/checking-in/keep-scan.ts';
import { type ScanAnswer, type ToldScan, toldScan } from '../../shared/contract/checkin/scans.ts';
import type { Device } from '../../shared/domain/check-in/device.ts';
import type { Door } from '../../shared/domain/check-in/list.ts';
import type { Scan } from '../../shared/domain/check-in/scan.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { guarded } from '../../shared/http/guarded.ts';
import type { Guarded } from '../../shared/http/handler.ts';
import { json } from '../../shared/http/reply.ts';
import { logError } from '../../shared/log.ts';
import { type SharedMark, tellOthers } from '../../shared/store/check-in-feed-item.ts';
import type { Deps } from './deps.ts';
import { deviceOf } from './device-of.ts';
import { doorsOf, eventOf } from './event-of.ts';
import { followReplaced, holderThen } from './follow-replaced.ts';
import { holdersOf, type NamedHolder } from './holders.ts';
import { countScans } from './note-talk.ts';
import { enter } from './walk-in.ts';

/** Milliseconds after which no further scan of a batch is begun: the function has ten seconds, and what is left comes again. */
const TIME = 6_000;
const BATCH_NAME_BYTES = 6;

/** What a batch is looked at with. */
interface Setting {
  readonly deps: Deps;
  readonly device: Device;
  readonly event: EventDefinition<string>;
  readonly doors: ReadonlyMap<string, Door>;
  /** Whoever is entered meanwhile is added. */
  readonly holders: Map<string, NamedHolder>;
  readonly expiresAt: number;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** A scan that may be kept, and its place in the batch. */
interface Readable {
  readonly place: number;
  readonly told: ToldScan;
  readonly door: Door;
}

/**
 * Keeps what a phone scanned, each scan for itself: what is wrong with one harms no other (CI6). An answer is a promise, and
 * leaves only when the other phones will hear of what was kept too.
 */
export const postScans = (deps: Deps): Guarded<'postScans'> =>
  guarded(
    async ({ authorization }) => {
      const until = deps.system.now().getTime() + TIME;
      return { until, ...(await deviceOf(deps, authorization)) };
    },
    async ({ body: { scans } }, { until, device }) => {
      const event = await eventOf(deps, device);
      const doors = await doorsOf(deps, event, device);
      const answers = scans.map((scan): ScanAnswer | Readable => read(scan, doors));
      const readable = answers.flatMap((each, place) => ('told' in each ? [{ ...each, place }] : []));
      const holders = await holdersOf(
        deps,
        event,
        readable.map(({ told }) => told).filter(({ walkIn }) => walkIn === undefined),
      );
      const setting = { deps, device, event, doors, holders: new Map(holders), expiresAt: retentionEnd(event), until };
      const kept = new Map((await keepAll(setting, readable)).map(({ place, ...rest }) => [place, rest]));
      const marks = [...kept.values()].flatMap(({ shared }) => shared ?? []);
      const added = [...kept.values()].filter(({ answer }) => answer.result === 'kept').length;
      await Promise.all([tell(setting, marks), countScans(deps, device, added)]);
      return json(200, { answers: answers.map((each, place) => kept.get(place)?.answer ?? each) });
    },
  );

function read(scan: unknown, doors: ReadonlyMap<string, Door>): ScanAnswer | Readable {
  const parsed = toldScan.safeParse(scan);
  if (!parsed.success) return { result: 'refused', why: 'not-a-scan' };
  const { kind, undoes, list } = parsed.data;
  if ((kind === 'undo') !== (undoes !== undefined)) return { result: 'refused', why: 'not-a-scan' };
  const door = doors.get(list);
  return door === undefined ? { result: 'refused', why: 'unknown-list' } : { place: 0, told: parsed.data, door };
}

interface Done {
  readonly place: number;
  readonly answer: ScanAnswer;
  readonly shared?: SharedMark | undefined;
}

/** Scans of one ticket one after another, of others beside them. */
async function keepAll(setting: Setting, readable: readonly Readable[]): Promise<readonly Done[]> {
  const lanes = Array.from({ length: LANES }, (_, lane) => readable.filter(({ told }) => laneOf(told.ticket) === lane));
  const done = lanes.map(async (lane) => {
    const kept: Done[] = [];
    for (const each of lane) kept.push(await keep(setting, each));
    return kept;
  });
  return (await Promise.all(done)).flat();
}

async function keep(setting: Setting, { place, told, door }: Readable): Promise<Done> {
  const { deps, device, event, holders, expiresAt, until } = setting;
  if (deps.system.now().getTime() >= until) return { place, answer: { result: 'later' } };
  const { reference: _, walkIn, ...rest } = told;
  const scan: Scan = { ...rest, device: device.id };
  const { eventId, enrolledAt } = device;
  try {
    const whose = walkIn
      ? await enter(deps, device, event, told, walkIn)
      : { holder: holderThen(holders.get(told.ticket), told) };
    if ('result' in whose) return { place, answer: whose };
    // They may have gone on to another door before the phone had a network again: its scans of them come with the same batch.
    if (whose.holder !== undefined) holders.set(told.ticket, whose.holder);
    const kept = await keepScan(deps, scan, { eventId, door, ...whose, enrolledAt, expiresAt });
    if (kept.result !== 'refused' && whose.holder !== undefined) {
      await followReplaced(deps, { eventId, ticket: told.ticket, door, holder: whose.holder }, expiresAt);
    }
    const shared = kept.result === 'refused' ? undefined : { list: door.id, ticket: told.ticket, mark: kept.mark };
    return { place, answer: answerTo(kept, told), shared };
  } catch (error) {
    // Nothing of it is lost: the phone has it, and sends it again.
    logError('scan not kept', error, { device: device.id });
    return { place, answer: { result: 'later' } };
  }
}

function answerTo(kept: Kept, told: ToldScan): ScanAnswer {
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

async function tell({ deps, device, expiresAt }: Setting, marks: readonly SharedMark[]): Promise<void> {
  if (marks.length === 0) return;
  const { client, registry, system } = deps;
  const batch = Buffer.from(system.random(BATCH_NAME_BYTES)).toString('base64url');
  const about = { eventId: device.eventId, device: device.id, at: system.now(), batch };
  await tellOthers(client, registry, about, marks, expiresAt);
}
