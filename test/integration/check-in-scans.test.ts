import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { fromCheckInCountItem } from '../../shared/checkin/attendance/attendance.store.ts';
import { fromCheckInDoubtItem } from '../../shared/checkin/review/decision.store.ts';
import type { ListTerms } from '../../shared/checkin/roster/roster.schema.ts';
import { fromCheckInItem, fromScanItem, putCheckIn } from '../../shared/checkin/scan/check-in.store.ts';
import { type KeepDeps, keepScan, type ScanSituation } from '../../shared/checkin/scan/keep-scan.case.ts';
import { passageOf, validMarks } from '../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import type { Scan } from '../../shared/checkin/scan/scans.schema.ts';
import { MOST_MARKS } from '../../shared/checkin/scan/take-scan.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { BusyError } from '../../shared/kernel/errors.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan as scanTable } from '../support/registry.ts';

let parts: Parts;
let deps: KeepDeps;
const client = () => documentClient(parts.database.client);
const NOW = Date.parse('2027-11-02T03:00:00Z');
const HOUR = 3_600_000;

beforeAll(async () => {
  parts = await startParts();
  const system = { ...realSystem, now: () => new Date(NOW) };
  deps = { client: client(), registry: parts.database.tables.registry, system };
});
afterAll(() => parts?.stop());

const door: ListTerms = {
  id: 'hall',
  place: { kind: 'event' },
  modes: ['in-person'],
  passing: 'once',
  isClosed: false,
  opensAt: NOW - 4 * HOUR,
  closesAt: NOW + 4 * HOUR,
};
const holder = {
  reference: 'AAAAAAAAAA',
  isConfirmed: true,
  category: 'ngo',
  role: 'attendee',
  mode: 'in-person',
  days: [],
  sessions: [],
} as const;
const occasionOf = (eventId: string, change: Partial<ScanSituation> = {}): ScanSituation => ({
  ...{ eventId, door, holder, enrolledAt: NOW - 8 * HOUR, expiresAt: 2 ** 32 },
  minutes: { until: NOW + 720 * HOUR, timeZone: 'Asia/Phnom_Penh' },
  ...change,
});
const id = () => randomBytes(16).toString('base64url');
const scanOf = (change: Partial<Scan> = {}): Scan => ({
  ...{ scanId: id(), list: door.id, ticket: id(), device: 'one', kind: 'in' },
  ...{ scannedAt: NOW - HOUR, correctedAt: NOW - HOUR },
  ...change,
});

/** What is stored of one event. */
async function stored(eventId: string) {
  const items = await scanTable(parts, 'registry');
  const of = (prefix: string) => items.filter((item) => String(item['pk']).startsWith(`${prefix}#${eventId}`));
  const counts = of('CHECK-IN-COUNT').map(fromCheckInCountItem);
  const sum = (what: 'came' | 'inside') => counts.reduce((total, each) => total + each[what], 0);
  return {
    scans: of('SCAN').map((item) => {
      const { receivedAt: _, ...scan } = fromScanItem(item);
      return scan;
    }),
    checkIns: of('CHECK-IN')
      .filter(({ marks }) => marks !== undefined)
      .map(fromCheckInItem),
    doubts: of('CHECK-IN-DOUBT').map(fromCheckInDoubtItem),
    counts,
    came: sum('came'),
    inside: sum('inside'),
  };
}

/** What one ticket comes to in all the scans that it may have on a list. */
interface Course {
  readonly passing: ListTerms['passing'];
  /** Of a ticket that nobody has where absent. */
  readonly holder?: ScanSituation['holder'];
  readonly kindOf: (at: number) => Scan['kind'];
}
/** Marks of a ticket on a list up to which each costs as little as the first. */
const CHEAP_MARKS = 36;
const lateOut = (at: number): Scan['kind'] => (at === CHEAP_MARKS - 2 ? 'out' : 'in');

describe('keeping a scan', () => {
  it('CI3: counts someone once, however often the scan is sent', async () => {
    const scan = scanOf();
    const occasion = occasionOf('twice');
    expect(await keepScan(deps, scan, occasion)).toMatchObject({
      result: 'kept',
      earlier: undefined,
      doubt: undefined,
    });
    const again = await Promise.all(Array.from({ length: 10 }, () => keepScan(deps, scan, occasion)));
    expect(again).toMatchObject(Array(10).fill({ result: 'known' }));
    expect(await stored('twice')).toMatchObject({ scans: [scan], came: 1, inside: 1, doubts: [] });
  });

  it('refuses another scan with the same id, on whatever list and of whatever ticket', async () => {
    const scan = scanOf();
    await keepScan(deps, scan, occasionOf('same-id'));
    for (const other of [{ ticket: id() }, { kind: 'out' as const }, { correctedAt: NOW }, { device: 'two' }]) {
      const answer = await keepScan(deps, { ...scan, ...other }, occasionOf('same-id'));
      expect(answer).toEqual({ result: 'refused', why: 'other-contents' });
    }
    expect(await stored('same-id')).toMatchObject({ scans: [scan], came: 1 });
  });

  it('CI5: keeps what two devices saw, counts it once, and has a person look at it', async () => {
    const first = scanOf({ device: 'A', correctedAt: NOW - 2 * HOUR });
    const second = scanOf({ device: 'B', ticket: first.ticket });
    const occasion = occasionOf('both');
    expect(await keepScan(deps, second, occasion)).toMatchObject({ result: 'kept', earlier: undefined });
    expect(await keepScan(deps, first, occasion)).toMatchObject({ result: 'kept', earlier: undefined });
    const { came, doubts, checkIns } = await stored('both');
    expect(came).toBe(1);
    expect(doubts).toMatchObject([{ list: door.id, ticket: first.ticket, conflicts: [second.scanId], doubts: [] }]);
    expect(passageOf(checkIns[0]?.marks ?? [], 'once').checkIn?.scanId).toBe(first.scanId);
    const third = scanOf({ device: 'C', ticket: first.ticket, correctedAt: NOW });
    expect(await keepScan(deps, third, occasion)).toMatchObject({ earlier: { scanId: first.scanId, device: 'A' } });
  });

  it('takes a scan back, and with it what was to be looked at', async () => {
    const first = scanOf({ device: 'A' });
    const second = scanOf({ device: 'B', ticket: first.ticket, correctedAt: first.correctedAt + 5000 });
    const undo = { ...second, scanId: id(), kind: 'undo' as const, undoes: second.scanId };
    for (const scan of [first, second, undo]) await keepScan(deps, scan, occasionOf('undone'));
    expect(await stored('undone')).toMatchObject({ came: 1, inside: 1, doubts: [] });
    const undoFirst = { ...first, scanId: id(), kind: 'undo' as const, undoes: first.scanId };
    await keepScan(deps, undoFirst, occasionOf('undone'));
    expect(await stored('undone')).toMatchObject({ came: 0, inside: 0 });
  });

  it.each([
    ['a ticket that no registration has', { holder: undefined }, 'unknown-ticket'],
    ['somebody whose registration admits nobody now', { holder: { ...holder, isConfirmed: false } }, 'not-confirmed'],
    ['a minor who should have gone to the desk', { holder: { ...holder, hold: 'chaperone' as const } }, 'hold'],
    ['somebody who attends online', { holder: { ...holder, mode: 'online' as const } }, 'other-mode'],
    ['a door that was closed', { door: { ...door, closesAt: NOW - 2 * HOUR } }, 'over'],
  ])('keeps what staff let pass, and says that we would not have: %s', async (_, change, doubt) => {
    const eventId = `doubt-${doubt}`;
    const scan = scanOf();
    expect(await keepScan(deps, scan, occasionOf(eventId, change))).toMatchObject({ result: 'kept', doubt });
    const { came, doubts } = await stored(eventId);
    expect(came).toBe(1);
    expect(doubts).toMatchObject([{ conflicts: [], doubts: [scan.scanId] }]);
  });

  it('counts by group and mode', async () => {
    await keepScan(deps, scanOf(), occasionOf('groups'));
    await keepScan(deps, scanOf(), occasionOf('groups', { holder: { ...holder, category: 'media' } }));
    await keepScan(deps, scanOf(), occasionOf('groups', { holder: { ...holder, category: 'media' } }));
    const { counts } = await stored('groups');
    const of = (category: string) =>
      counts.filter((each) => each.category === category).reduce((sum, { came }) => sum + came, 0);
    expect([of('ngo'), of('media')]).toEqual([1, 2]);
    expect(counts.every(({ mode }) => mode === 'in-person')).toBe(true);
  });

  it('learns whose ticket it is from a later scan, and counts them under their group where nobody was counted yet', async () => {
    const scan = scanOf();
    const undo = { ...scan, scanId: id(), kind: 'undo' as const, undoes: scan.scanId };
    const nobody = occasionOf('named', { holder: undefined });
    for (const first of [undo, scan]) await keepScan(deps, first, nobody);
    await keepScan(deps, scanOf({ ticket: scan.ticket }), occasionOf('named'));
    const { checkIns, counts } = await stored('named');
    expect(checkIns).toMatchObject([{ reference: holder.reference, category: 'ngo' }]);
    expect(counts).toMatchObject([{ category: 'ngo', came: 1 }]);
    const seen = scanOf();
    await keepScan(deps, seen, nobody);
    await keepScan(deps, scanOf({ ticket: seen.ticket, correctedAt: NOW }), occasionOf('named'));
    const late = (await stored('named')).checkIns.find(({ ticket }) => ticket === seen.ticket);
    expect(late).toMatchObject({ reference: holder.reference, category: 'unknown' });
  });

  it('takes no scan for one of next year, nor for one from before the device was there', async () => {
    const late = scanOf({ correctedAt: NOW + 8760 * HOUR });
    const early = scanOf({ correctedAt: NOW - 8760 * HOUR });
    for (const scan of [late, early]) {
      await keepScan(deps, scan, occasionOf('clocks'));
      expect(await keepScan(deps, scan, occasionOf('clocks'))).toMatchObject({ result: 'known' });
    }
    const { checkIns, scans } = await stored('clocks');
    expect(checkIns.flatMap(({ marks }) => marks.map(({ correctedAt }) => correctedAt)).sort()).toEqual(
      [NOW - 8 * HOUR, NOW].sort(),
    );
    expect(scans).toEqual(expect.arrayContaining([late, early]));
  });

  it.each<[string, Course]>([
    ['again and again, with nothing wrong but that', { passing: 'once', holder, kindOf: () => 'in' }],
    ['with a ticket that nobody has, each time', { passing: 'once', kindOf: () => 'in' }],
    ['in and out, against the rules', { passing: 'in-and-out', kindOf: (at) => (at % 3 === 2 ? 'out' : 'in') }],
    ['a long queue, let in by mistake, and out and in at last', { passing: 'in-and-out', kindOf: lateOut }],
    ['each time by mistake', { passing: 'once', kindOf: (at) => (at % 2 === 1 ? 'undo' : 'in') }],
  ])('costs one read, one transaction and at most 10 write units, whoever comes: %s', async (name, course) => {
    const { passing, kindOf, holder: whose } = course;
    const meter = await meterDatabase(parts.database.endpoint);
    const metered = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
    // Names are as long as they may be.
    const long = { ...door, id: 'l'.repeat(60), passing };
    const eventId = `${name.replaceAll(/\W/g, '')}${'e'.repeat(40)}`.slice(0, 40);
    const occasion = occasionOf(eventId, { door: long, holder: whose && { ...whose, category: 'c'.repeat(40) } });
    const ticket = id();
    const all: Scan[] = [];
    for (let at = 0; at < CHEAP_MARKS; at += 1) {
      const kind = kindOf(at);
      const times = { scannedAt: NOW - HOUR + at, correctedAt: NOW - HOUR + at };
      const undoes = all.at(-1)?.scanId;
      const scan = scanOf({ list: long.id, ticket, device: '7K3M9QX2', ...times, kind });
      all.push(kind === 'undo' && undoes !== undefined ? { ...scan, undoes } : scan);
    }
    for (const scan of all) {
      expect(await keepScan({ ...deps, client: documentClient(metered) }, scan, occasion)).toMatchObject({
        result: 'kept',
      });
      const asked = meter.take();
      expect(asked.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'TransactWriteItems']);
      const units = asked.reduce((sum, { writeUnits }) => sum + writeUnits, 0);
      expect(units).toBeGreaterThanOrEqual(4);
      expect(units).toBeLessThanOrEqual(10);
    }
    const { scans, checkIns } = await stored(eventId);
    expect(scans).toHaveLength(CHEAP_MARKS);
    expect(checkIns[0]?.marks.map(({ scanId, undoes }) => [scanId, undoes])).toEqual(
      all.map(({ scanId, undoes }) => [scanId, undoes]),
    );
    metered.destroy();
    await meter.stop();
  });

  it('counts every pass of somebody who goes in and out all day like the first', async () => {
    const occasion = occasionOf('porter', { door: { ...door, passing: 'in-and-out' }, holder });
    const ticket = id();
    const pass = (at: number): Scan => {
      const times = { scannedAt: NOW - HOUR + at, correctedAt: NOW - HOUR + at };
      return scanOf({ list: door.id, ticket, ...times, kind: at % 2 === 0 ? 'in' : 'out' });
    };
    for (let at = 0; at < CHEAP_MARKS + 4; at += 1) {
      expect((await keepScan(deps, pass(at), occasion)).result).toBe('kept');
      if (at === CHEAP_MARKS) expect(await stored('porter')).toMatchObject({ came: 1, inside: 1 });
    }
    expect(await stored('porter')).toMatchObject({ came: 1, inside: 0, doubts: [] });
  });

  it('refuses what no day holds, and takes the last before it into one item', async () => {
    const occasion = occasionOf('machine', { door: { ...door, passing: 'in-and-out' }, holder });
    const ticket = id();
    const all = Array.from({ length: MOST_MARKS + 1 }, (_, at) => {
      const times = { scannedAt: NOW - HOUR + at, correctedAt: NOW - HOUR + at };
      return scanOf({ list: door.id, ticket, ...times, kind: at % 2 === 0 ? 'in' : 'out' });
    });
    const [last, beyond] = all.splice(-2);
    const [first] = all;
    if (first === undefined || last === undefined || beyond === undefined) throw new Error('there are many');
    await keepScan(deps, first, occasion);
    const [known] = (await stored('machine')).checkIns;
    if (known === undefined) throw new Error('it was kept');
    const marks = all.map(({ scanId, device, kind, correctedAt }) => ({ scanId, device, kind, correctedAt }));
    await transact(deps.client, [putCheckIn(deps.registry, { ...known, marks }, NOW, 2 ** 32)], deps.system);
    expect((await keepScan(deps, last, occasion)).result).toBe('kept');
    expect((await stored('machine')).checkIns[0]?.marks).toHaveLength(MOST_MARKS);
    expect(await keepScan(deps, beyond, occasion)).toEqual({ result: 'refused', why: 'too-many' });
  });
});

describe('CI4, CI9: many devices at once', () => {
  const DEVICES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  /** As a phone does: where rivals did not let go, it is sent again. */
  async function untilKept(scan: Scan, occasion: ScanSituation): Promise<void> {
    for (let isBusy = true; isBusy; ) {
      isBusy = await keepScan(deps, scan, occasion).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof BusyError)) throw error;
          return true;
        },
      );
    }
  }

  /** The same each time it runs. */
  function chance(seed: number) {
    let state = seed;
    return (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }

  it.each([1, 2, 3])(
    'agree with the server whatever arrives first, twice or at the same moment (seed %i)',
    async (seed) => {
      const next = chance(seed);
      const eventId = `many-${seed}`;
      const tickets = Array.from({ length: 12 }, id);
      const scans: Scan[] = [];
      for (let number = 0; number < 120; number += 1) {
        const device = DEVICES[next(DEVICES.length)] ?? '';
        const correctedAt = NOW - HOUR + next(30 * 60_000);
        const own = scans.filter((each) => each.device === device && each.kind !== 'undo');
        const undone = next(6) === 0 ? own[next(own.length)] : undefined;
        const base = { device, correctedAt, scannedAt: correctedAt + next(24) * HOUR };
        scans.push(
          undone === undefined
            ? scanOf({ ...base, ticket: tickets[next(tickets.length)] ?? '' })
            : {
                ...{ ...undone, scanId: id(), kind: 'undo', undoes: undone.scanId },
                correctedAt: undone.correctedAt + next(50_000),
              },
        );
      }
      const sent = [...scans, ...scans, ...scans]
        .map((scan) => ({ scan, at: next(10 ** 6) }))
        .sort((a, b) => a.at - b.at);
      const lanes = DEVICES.map((device) => sent.filter(({ scan }) => scan.device === device));
      await Promise.all(
        lanes.map(async (lane) => {
          for (const { scan } of lane) await untilKept(scan, occasionOf(eventId));
        }),
      );

      const { scans: kept, came, inside, doubts, checkIns } = await stored(eventId);
      const byId = (a: { scanId: string }, b: { scanId: string }) => (a.scanId < b.scanId ? -1 : 1);
      expect(kept.sort(byId)).toEqual([...scans].sort(byId));
      const marksOf = (ticket: string): ScanMark[] => scans.filter((scan) => scan.ticket === ticket);
      const passages = tickets.map((ticket) => ({ ticket, ...passageOf(marksOf(ticket), 'once') }));
      expect(came).toBe(passages.filter(({ checkIn }) => checkIn !== undefined).length);
      expect(inside).toBe(came);
      for (const { ticket, checkIn } of passages) {
        const marks = checkIns.find((each) => each.ticket === ticket)?.marks ?? [];
        expect(passageOf(marks, 'once').checkIn?.scanId).toBe(checkIn?.scanId);
        expect(validMarks(marks)).toHaveLength(validMarks(marksOf(ticket)).length);
      }
      const open = new Map(doubts.map((doubt) => [doubt.ticket, [...doubt.conflicts].sort()]));
      const expected = passages.filter(({ conflicts }) => conflicts.length > 0);
      expect(open).toEqual(
        new Map(expected.map(({ ticket, conflicts }) => [ticket, conflicts.map(({ scan }) => scan.scanId).sort()])),
      );
    },
  );
});
