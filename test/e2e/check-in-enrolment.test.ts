import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScanOutcome } from '../../web/checkin/engine/engine.ts';
import { type Doors, firstOf, reconnect, scanId, startDoors } from './doors.ts';
import { openPhone } from './phone.ts';

let doors: Doors;

beforeAll(async () => {
  doors = await startDoors();
  await doors.invite(1);
});
afterAll(async () => doors?.stop());
beforeEach(() => doors.behave());

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
    const [outcome] = await doors.scanOffline(phone, 1);
    doors.server.fault = () => 'device-revoked';
    await reconnect(phone);
    await phone.shows(({ standing, upload }) => standing === 'revoked' && upload.trouble === 'revoked');
    const guest = firstOf(await doors.invite(1));
    expect(await phone.read(guest.code)).toEqual({ kind: 'not-kept', why: 'unavailable' });
    const reopened = await openPhone(phone.page.context(), doors.server.url);
    expect(await reopened.snapshot()).toMatchObject({ standing: 'revoked', queue: { waiting: 1 } });
    const file = JSON.parse(await reopened.page.evaluate(async () => (await engine.exportScans()).text()));
    expect(file.waiting).toMatchObject([{ scan: { scanId: scanId(outcome as ScanOutcome) } }]);
  });

  it('CI15: a revoked phone goes on sending what it scanned, stays revoked meanwhile, and has nothing left then', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 250);
    doors.server.isRevoked = true;
    doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 'device-revoked' : undefined);
    await phone.page.evaluate(() => {
      const seen: string[] = [];
      engine.subscribe(() => seen.push(engine.snapshot().standing));
      Object.assign(globalThis, { seen });
    });
    await reconnect(phone);
    await phone.shows(({ standing, queue }) => standing === 'revoked' && queue.waiting === 0);
    expect(outcomes.every(doors.isKept)).toBe(true);
    await phone.sync();
    const seen = await phone.page.evaluate(() => (globalThis as unknown as { readonly seen: string[] }).seen);
    expect(seen.slice(seen.indexOf('revoked'))).not.toContain('active');
    await phone.page.evaluate(() => engine.signOut());
    await phone.shows(({ standing }) => standing === 'not-enrolled');
  });

  it('a phone whose shift is over brings in what it scanned', async () => {
    const phone = await doors.phone();
    const [outcome] = await doors.scanOffline(phone, 1);
    doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 'device-over' : undefined);
    await reconnect(phone);
    await phone.shows(({ standing, queue }) => standing === 'over' && queue.waiting === 0);
    expect(doors.isKept(outcome as ScanOutcome)).toBe(true);
  });
});

describe('CI7: nothing is lost by signing out', () => {
  it('CI7: signing out is refused while scans are not on the server, until somebody has them as a file', async () => {
    const phone = await doors.phone();
    await doors.scanOffline(phone, 2);
    const signOut = () => phone.page.evaluate(() => engine.signOut());
    await expect(signOut()).rejects.toThrow();
    expect((await phone.snapshot()).queue.waiting).toBe(2);
    await phone.page.evaluate(() => engine.exportScans());
    doors.server.fault = ({ path }) => (path.endsWith('/scans') ? 'busy' : undefined);
    await reconnect(phone);
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
    const [outcome] = await doors.scanOffline(phone, 1);
    await expect(phone.enrol(doors.server.offer())).rejects.toThrow('unsent');
    await reconnect(phone);
    await phone.enrol(doors.server.offer());
    expect(doors.server.kept.get(scanId(outcome as ScanOutcome))?.device).toBe(first);
    expect((await phone.snapshot()).device?.id).not.toBe(first);
  });
});
