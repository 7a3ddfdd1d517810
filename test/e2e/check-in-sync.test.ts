import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../web/checkin/engine/engine.ts';
import { type Doors, firstOf, startDoors } from './doors.ts';
import { openPhone, type Phone } from './phone.ts';

let doors: Doors;

beforeAll(async () => {
  doors = await startDoors();
  await doors.invite(1);
});
afterAll(async () => doors?.stop());
beforeEach(() => {
  doors.server.fault = () => undefined;
  doors.server.judge = () => undefined;
  doors.server.garble = (answers) => answers;
  doors.server.losesAnswers = false;
  doors.server.pause = 0;
  doors.server.requests.length = 0;
});

const scanId = (outcome: Outcome): string => ('scanId' in outcome ? outcome.scanId : '');
const sent = () => doors.server.requests.filter(({ path }) => path === '/api/checkin/scans');
const isKept = (outcome: Outcome): boolean => doors.server.kept.has(scanId(outcome));

/** Scans of some new people, made without a network. */
async function scanOffline(phone: Phone, count: number): Promise<Outcome[]> {
  const guests = await doors.invite(count);
  await phone.sync();
  await phone.page.context().setOffline(true);
  const outcomes: Outcome[] = [];
  for (const { code } of guests) outcomes.push(await phone.read(code));
  expect(outcomes.every(({ kind }) => kind === 'admit')).toBe(true);
  expect((await phone.snapshot()).queue.waiting).toBe(count);
  return outcomes;
}
const reconnect = (phone: Phone) => phone.page.context().setOffline(false);

describe('CI6: each scan has an answer of its own', () => {
  it('CI6: one that is refused is set aside, one that is to come later stays, and the others go', async () => {
    const phone = await doors.phone();
    const outcomes = await scanOffline(phone, 5);
    const [bad, late] = outcomes.map(scanId);
    let isLate = true;
    doors.server.judge = (scan) => {
      if (scan.scanId === bad) return { result: 'refused', why: 'too-many' };
      return scan.scanId === late && isLate ? { result: 'later' } : undefined;
    };
    await reconnect(phone);
    await phone.shows(({ queue }) => queue.waiting === 1 && queue.refused === 1);
    expect(outcomes.map(isKept)).toEqual([false, false, true, true, true]);
    isLate = false;
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect(outcomes.map(isKept)).toEqual([false, true, true, true, true]);
    const file = JSON.parse(await phone.page.evaluate(async () => (await engine.exportScans()).text()));
    expect(file.refused).toMatchObject([{ scan: { scanId: bad }, why: 'too-many' }]);
  });

  it.each([500, 413, 'invalid-input'] as const)(
    'CI6: one that makes a whole batch fail with %s holds up none of the others',
    async (fault) => {
      const phone = await doors.phone();
      const outcomes = await scanOffline(phone, 30);
      const bad = scanId(outcomes[11] as Outcome);
      doors.server.fault = ({ scans }) => (scans.some((scan) => scan.scanId === bad) ? fault : undefined);
      await reconnect(phone);
      await phone.shows(({ queue }) => queue.waiting === 1);
      expect(outcomes.filter((each) => !isKept(each)).map(scanId)).toEqual([bad]);
      expect((await phone.snapshot()).upload.trouble).toBe('server');
      doors.server.fault = () => undefined;
      await phone.sync();
      expect(isKept(outcomes[11] as Outcome)).toBe(true);
      expect((await phone.snapshot()).queue).toEqual({ waiting: 0, refused: 0 });
    },
  );

  it('CI6: several bad ones in a row hold up nobody for long, and are never dropped', async () => {
    const phone = await doors.phone();
    const outcomes = await scanOffline(phone, 12);
    const bad = outcomes.slice(0, 5).map(scanId);
    doors.server.fault = ({ scans }) => (scans.some((scan) => bad.includes(scan.scanId)) ? 'cut' : undefined);
    await reconnect(phone);
    for (let time = 0; time < 12; time += 1) await phone.sync();
    expect(outcomes.filter((each) => !isKept(each)).map(scanId)).toEqual(bad);
    expect((await phone.snapshot()).queue.waiting).toBe(5);
    doors.server.fault = () => undefined;
    await phone.sync();
    expect(outcomes.every(isKept)).toBe(true);
  });

  it('CI6: answers that are too few or too many acknowledge nothing', async () => {
    const phone = await doors.phone();
    await scanOffline(phone, 3);
    doors.server.garble = (answers) => [...answers, { result: 'kept' }];
    await reconnect(phone);
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
    const outcomes = await scanOffline(phone, 3);
    const before = doors.server.kept.size;
    doors.server.losesAnswers = true;
    await reconnect(phone);
    await phone.sync();
    expect(outcomes.every(isKept)).toBe(true);
    expect(await phone.snapshot()).toMatchObject({ queue: { waiting: 3 }, upload: { trouble: 'offline' } });
    doors.server.losesAnswers = false;
    await phone.sync();
    expect((await phone.snapshot()).queue.waiting).toBe(0);
    expect(doors.server.kept.size).toBe(before + 3);
    expect(outcomes.every(isKept)).toBe(true);
  });

  it('brings in 450 scans in batches of at most 200, in order', async () => {
    const phone = await doors.phone();
    const outcomes = await scanOffline(phone, 450);
    await reconnect(phone);
    await phone.shows(({ queue }) => queue.waiting === 0);
    expect(outcomes.every(isKept)).toBe(true);
    expect(sent().map(({ scans }) => scans.length)).toEqual([200, 200, 50]);
    expect(sent().flatMap(({ scans }) => scans.map((scan) => scan.scanId))).toEqual(outcomes.map(scanId));
  });
});

describe('CI10: up and down are independent', () => {
  it('CI10: roster and revocations arrive while uploads fail, and scans leave while downloads fail', async () => {
    const phone = await doors.phone();
    doors.server.fault = ({ path }) => (path.endsWith('/scans') ? 'busy' : undefined);
    const [guest, revoked] = await doors.invite(2);
    if (guest === undefined || revoked === undefined) throw new Error('nobody is there');
    doors.server.revocations = await doors.event.revoke([revoked], Date.now() % 1_000_000_000);
    await phone.sync();
    const outcome = await phone.read(guest.code);
    expect(outcome.kind).toBe('admit');
    expect(await phone.read(revoked.code)).toEqual({ kind: 'revoked' });
    await phone.shows(({ upload, download }) => upload.trouble === 'server' && download.trouble === undefined);
    doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 500 : undefined);
    await phone.sync();
    const after = await phone.snapshot();
    expect([after.upload.trouble, after.download.trouble]).toEqual([undefined, 'server']);
    expect(isKept(outcome)).toBe(true);
  });

  it('CI12: what one phone scans the other knows within 5 s', async () => {
    const [one, other] = [await doors.phone(), await doors.phone()];
    const guest = firstOf(await doors.invite(1));
    await Promise.all([one.sync(), other.sync()]);
    const { counts } = await other.snapshot();
    await one.read(guest.code);
    const from = Date.now();
    await other.shows((now) => now.counts.came === counts.came + 1);
    expect(Date.now() - from).toBeLessThanOrEqual(5000);
    expect(await other.read(guest.code)).toMatchObject({ kind: 'already-in', isHere: false });
    expect(await other.letIn()).toMatchObject({ kind: 'let-in', person: guest.person });
    await other.shows(({ queue }) => queue.waiting === 0);
  });

  it('a whole roster in pages takes the place of the old one at once, or not at all', async () => {
    const phone = await doors.phone();
    const { people } = await phone.snapshot();
    await doors.invite(25);
    doors.server.pageSize = 10;
    await phone.enrol(doors.server.offer());
    let pages = 0;
    doors.server.fault = ({ path }) => {
      if (path.endsWith('/roster')) pages += 1;
      return pages >= 2 ? 'cut' : undefined;
    };
    await phone.sync();
    expect((await phone.snapshot()).people).toBe(0);
    doors.server.fault = () => undefined;
    await phone.sync();
    doors.server.pageSize = Number.POSITIVE_INFINITY;
    expect((await phone.snapshot()).people).toBe(people + 25);
  });
});

describe('AU7: becoming a device', () => {
  it('AU7: a lost answer is asked for again by the same phone, even after a reload, and by no other', async () => {
    const code = doors.server.offer();
    const context = await doors.browser.newContext();
    const phone = await openPhone(context, doors.server.url);
    doors.server.losesAnswers = true;
    await expect(phone.enrol(code)).rejects.toThrow('offline');
    doors.server.losesAnswers = false;
    await phone.page.close();
    const reopened = await openPhone(context, doors.server.url);
    await reopened.enrol(code);
    expect((await reopened.snapshot()).standing).toBe('active');
    const stranger = await openPhone(await doors.browser.newContext(), doors.server.url);
    await expect(stranger.enrol(code)).rejects.toThrow('taken');
    await expect(stranger.enrol('nonsense')).rejects.toThrow('not-valid');
    await expect(stranger.enrol('A'.repeat(43))).rejects.toThrow('not-valid');
    expect((await stranger.snapshot()).standing).toBe('not-enrolled');
  });

  it('AU7: a revoked phone says so at once, scans no more, and keeps what it has to be handed over', async () => {
    const phone = await doors.phone();
    const [outcome] = await scanOffline(phone, 1);
    doors.server.fault = () => 'device-revoked';
    await reconnect(phone);
    await phone.shows(({ standing, upload }) => standing === 'revoked' && upload.trouble === 'revoked');
    const guest = firstOf(await doors.invite(1));
    expect(await phone.read(guest.code)).toEqual({ kind: 'not-kept', why: 'unavailable' });
    const reopened = await openPhone(phone.page.context(), doors.server.url);
    expect(await reopened.snapshot()).toMatchObject({ standing: 'revoked', queue: { waiting: 1 } });
    const file = JSON.parse(await reopened.page.evaluate(async () => (await engine.exportScans()).text()));
    expect(file.waiting).toMatchObject([{ scan: { scanId: scanId(outcome as Outcome) } }]);
  });

  it('a phone whose shift is over brings in what it scanned', async () => {
    const phone = await doors.phone();
    const [outcome] = await scanOffline(phone, 1);
    doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 'device-over' : undefined);
    await reconnect(phone);
    await phone.shows(({ standing, queue }) => standing === 'over' && queue.waiting === 0);
    expect(isKept(outcome as Outcome)).toBe(true);
  });
});

describe('CI7: nothing is lost by signing out', () => {
  it('CI7: signing out is refused while scans are not on the server, until somebody has them as a file', async () => {
    const phone = await doors.phone();
    await scanOffline(phone, 2);
    const signOut = () => phone.page.evaluate(() => engine.signOut());
    await expect(signOut()).rejects.toThrow();
    expect((await phone.snapshot()).queue.waiting).toBe(2);
    await phone.page.evaluate(() => engine.exportScans());
    await phone.page.context().setOffline(false);
    doors.server.fault = ({ path }) => (path.endsWith('/scans') ? 'busy' : undefined);
    const guest = firstOf(await doors.invite(1));
    await phone.sync();
    await phone.read(guest.code);
    await expect(signOut()).rejects.toThrow();
    await phone.page.evaluate(() => engine.exportScans());
    await signOut();
    expect(await phone.snapshot()).toMatchObject({ standing: 'not-enrolled', people: 0, queue: { waiting: 0 } });
  });

  it('CI7: another code is not taken while scans are not on the server, and they are sent by the device that made them', async () => {
    const phone = await doors.phone();
    const first = (await phone.snapshot()).device?.id;
    const [outcome] = await scanOffline(phone, 1);
    await expect(phone.enrol(doors.server.offer())).rejects.toThrow('unsent');
    await reconnect(phone);
    await phone.enrol(doors.server.offer());
    expect(doors.server.kept.get(scanId(outcome as Outcome))?.device).toBe(first);
    expect((await phone.snapshot()).device?.id).not.toBe(first);
  });
});

describe('CI8: one flush at a time', () => {
  it('CI8: of two tabs one sends, and both show the same', async () => {
    const phone = await doors.phone();
    const second = await openPhone(phone.page.context(), doors.server.url);
    await phone.page.bringToFront();
    expect((await second.snapshot()).device).toEqual((await phone.snapshot()).device);
    const outcomes = await scanOffline(phone, 10);
    await second.shows(({ queue, counts }) => queue.waiting === 10 && counts.came >= 10);
    doors.server.pause = 300;
    await reconnect(phone);
    await Promise.all([phone.sync(), second.sync()]);
    await phone.shows(({ queue }) => queue.waiting === 0);
    await second.shows(({ queue }) => queue.waiting === 0);
    const ids = sent().flatMap(({ scans }) => scans.map((scan) => scan.scanId));
    expect(ids.sort()).toEqual(outcomes.map(scanId).sort());
  });
});
