import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BODY_LIMIT } from '../../shared/kernel/route.ts';
import type { ScanOutcome } from '../../web/checkin/engine/engine.ts';
import { type NodeDoors, nodeDoors, scanId } from '../support/door/doors.ts';

let doors: NodeDoors;

beforeAll(async () => {
  doors = await nodeDoors();
  await doors.invite(1);
});
afterAll(() => doors?.stop());
beforeEach(() => doors.behave());

const sent = () => doors.server.requests.filter(({ path }) => path === '/api/checkin/scans');

describe('CI6: each scan has an answer of its own', () => {
  it('CI6: one that is refused is set aside, one that is to come later stays, and the others go', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 5);
    const [bad, late] = outcomes.map(scanId);
    let isLate = true;
    doors.server.judge = (scan) => {
      if (scan.scanId === bad) return { result: 'refused', why: 'too-many' };
      return scan.scanId === late && isLate ? { result: 'later' } : undefined;
    };
    await phone.reconnect();
    await phone.shows(({ queue }) => queue.waiting === 1 && queue.refused === 1);
    expect(outcomes.map(doors.isKept)).toEqual([false, false, true, true, true]);
    isLate = false;
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect(outcomes.map(doors.isKept)).toEqual([false, true, true, true, true]);
    const file = JSON.parse(await (await phone.engine().exportScans()).text());
    expect(file.refused).toMatchObject([{ scan: { scanId: bad }, why: 'too-many' }]);
  });

  it.each([500, 413, 'invalid-input'] as const)(
    'CI6: one that makes a whole batch fail with %s holds up none of the others',
    async (fault) => {
      const phone = await doors.phone();
      const outcomes = await doors.scanOffline(phone, 30);
      const bad = scanId(outcomes[11] as ScanOutcome);
      doors.server.fault = ({ scans }) => (scans.some((scan) => scan.scanId === bad) ? fault : undefined);
      await phone.reconnect();
      await phone.shows(({ queue, upload }) => queue.waiting === 1 && upload.trouble === 'server');
      expect(outcomes.filter((each) => !doors.isKept(each)).map(scanId)).toEqual([bad]);
      doors.server.fault = () => undefined;
      await phone.sync();
      expect(doors.isKept(outcomes[11] as ScanOutcome)).toBe(true);
      expect((await phone.snapshot()).queue).toEqual({ waiting: 0, refused: 0 });
    },
  );

  it('CI6: several bad ones in a row hold up nobody for long, and are never dropped', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 12);
    const bad = outcomes.slice(0, 5).map(scanId);
    doors.server.fault = ({ scans }) => (scans.some((scan) => bad.includes(scan.scanId)) ? 'cut' : undefined);
    await phone.reconnect();
    for (let time = 0; time < 12; time += 1) await phone.sync();
    expect(outcomes.filter((each) => !doors.isKept(each)).map(scanId)).toEqual(bad);
    expect((await phone.snapshot()).queue.waiting).toBe(5);
    doors.server.fault = () => undefined;
    await phone.sync();
    expect(outcomes.every(doors.isKept)).toBe(true);
  });

  it('CI6: answers that are too few or too many acknowledge nothing', async () => {
    const phone = await doors.phone();
    await doors.scanOffline(phone, 3);
    doors.server.garble = (answers) => [...answers, { result: 'kept' }];
    await phone.reconnect();
    await phone.shows(({ upload }) => upload.trouble === 'server');
    expect((await phone.snapshot()).queue.waiting).toBe(3);
    doors.server.garble = (answers) => answers.slice(1);
    await phone.sync();
    expect((await phone.snapshot()).queue.waiting).toBe(3);
    doors.server.garble = (answers) => answers;
    await phone.sync();
    expect((await phone.snapshot()).queue).toEqual({ waiting: 0, refused: 0 });
  });

  it('CI3: a batch whose answer is lost is sent again, and counted once', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 3);
    const before = doors.server.kept.size;
    doors.server.losesAnswers = true;
    await phone.reconnect();
    // Where connections break, one may break before a batch is on it.
    while (!outcomes.every(doors.isKept)) await phone.sync();
    expect(await phone.snapshot()).toMatchObject({ queue: { waiting: 3 }, upload: { trouble: 'no-answer' } });
    doors.server.losesAnswers = false;
    await phone.sync();
    expect((await phone.snapshot()).queue.waiting).toBe(0);
    expect(doors.server.kept.size).toBe(before + 3);
    expect(outcomes.every(doors.isKept)).toBe(true);
  });

  it('CI7: a phone without room lets go of what the server has, though it cannot keep the time that counts', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 3);
    doors.server.judge = ({ correctedAt }) => ({ result: 'kept', correctedAt: correctedAt - 1 });
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    try {
      await phone.reconnect();
      await phone.sync();
    } finally {
      full.mockRestore();
    }
    expect(sent().flatMap(({ scans }) => scans.map((scan) => scan.scanId))).toEqual(outcomes.map(scanId));
    expect((await phone.snapshot()).queue.waiting).toBe(0);
  });

  it('a phone without a network says so at once, though there was nothing to send', async () => {
    const phone = await doors.phone();
    await phone.disconnect();
    expect(await phone.snapshot()).toMatchObject({ upload: { trouble: 'offline' }, download: { trouble: 'offline' } });
    await phone.reconnect();
    await phone.shows(({ upload, download }) => (upload.trouble ?? download.trouble) === undefined);
  });

  it('a Wi-Fi that answers in place of the server is told apart from it, and is sent no batch again in parts', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 30);
    doors.server.fault = () => 'page';
    await phone.reconnect();
    await phone.shows(({ upload, download }) => [upload, download].every(({ trouble }) => trouble === 'no-answer'));
    expect(sent()[0]?.scans).toHaveLength(30);
    expect(sent().filter(({ scans }) => scans.length === 1)).toEqual([]);
    doors.server.fault = () => undefined;
    await phone.sync();
    expect(outcomes.every(doors.isKept)).toBe(true);
  });

  it('brings in 450 scans in batches of at most 200, in order', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 450);
    await phone.reconnect();
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect(outcomes.every(doors.isKept)).toBe(true);
    expect(sent().map(({ scans }) => scans.length)).toEqual([200, 200, 50]);
    expect(sent().flatMap(({ scans }) => scans.map((scan) => scan.scanId))).toEqual(outcomes.map(scanId));
  });
});

describe('CI7: a server that has no time for a whole batch', () => {
  /** Of scans that were sent, for each that there was. */
  const sentFor = (scans: number) => sent().reduce((sum, each) => sum + each.scans.length, 0) / scans;

  it('CI7: is sent as many at once as it keeps, and hardly any of them twice, in one go', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 600);
    const inTime = 60;
    let kept = 0;
    doors.server.fault = () => {
      kept = 0;
      return undefined;
    };
    doors.server.judge = () => {
      kept += 1;
      return kept > inTime ? { result: 'later' } : undefined;
    };
    await phone.reconnect();
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect(outcomes.every(doors.isKept)).toBe(true);
    expect(sentFor(outcomes.length)).toBeLessThan(1.4);
    expect(sent().length).toBeLessThan(16);
  });

  it('CI7: is sent half as many after a time-out, and then hardly more than it managed', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 600);
    doors.server.fault = ({ scans }) => (scans.length > 120 ? 504 : undefined);
    await phone.reconnect();
    while ((await phone.snapshot()).queue.waiting > 0) await phone.sync();
    expect(outcomes.every(doors.isKept)).toBe(true);
    const late = sent().filter(({ scans }) => scans.length > 120);
    expect(late.length, 'the first, and one that was a little larger').toBeLessThanOrEqual(2);
    expect(sentFor(outcomes.length)).toBeLessThan(1.7);
  });
});

describe('walk-ins in a script that needs three bytes a letter', () => {
  it('go in requests that the server takes, however many waited', async () => {
    const phone = await doors.phone();
    await phone.disconnect();
    const long = { fullName: 'ក'.repeat(100), organisation: 'ខ'.repeat(150), reason: 'គ'.repeat(800) };
    for (let each = 0; each < 120; each += 1) {
      await phone.engine().walkIn({ ...long, country: 'KH', category: 'government' });
    }
    await phone.reconnect();
    await phone.shows(({ queue }) => queue.waiting === 0);
    const sizes = sent().map(({ bytes }) => bytes);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(BODY_LIMIT.upload);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BODY_LIMIT.upload);
    expect(sizes.length).toBeLessThanOrEqual(3);
  });
});
