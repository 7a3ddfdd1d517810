import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScanOutcome } from '../../web/checkin/engine/engine.ts';
import { firstOf, type NodeDoors, nodeDoors, scanId } from '../support/door/doors.ts';

let doors: NodeDoors;

beforeAll(async () => {
  doors = await nodeDoors();
  await doors.invite(1);
});
afterAll(() => doors?.stop());
beforeEach(() => doors.behave());

describe('AU7: becoming a device', () => {
  it('AU7: a lost answer is asked for again by the same phone, even after a reload, and by no other', async () => {
    const code = doors.server.offer();
    const phone = await doors.stranger();
    doors.server.losesAnswers = true;
    await expect(phone.enrol(code)).rejects.toThrow('offline');
    doors.server.losesAnswers = false;
    await phone.reopen();
    await phone.enrol(code);
    expect((await phone.snapshot()).standing).toBe('active');
    const stranger = await doors.stranger();
    await expect(stranger.enrol(code)).rejects.toThrow('taken');
    await expect(stranger.enrol('nonsense')).rejects.toThrow('not-valid');
    await expect(stranger.enrol('A'.repeat(43))).rejects.toThrow('not-valid');
    expect((await stranger.snapshot()).standing).toBe('not-enrolled');
  });

  it('AU7: a revoked phone says so at once, scans no more, and keeps what it has to be handed over', async () => {
    const phone = await doors.phone();
    const [outcome] = await doors.scanOffline(phone, 1);
    doors.server.fault = () => 'device-revoked';
    await phone.reconnect();
    await phone.shows(({ standing, upload }) => standing === 'revoked' && upload.trouble === 'revoked');
    const guest = firstOf(await doors.invite(1));
    expect(await phone.read(guest.code)).toEqual({ kind: 'not-kept', why: 'unavailable' });
    await phone.reopen();
    expect(await phone.snapshot()).toMatchObject({ standing: 'revoked', queue: { waiting: 1 } });
    const file = JSON.parse(await (await phone.engine().exportScans()).text());
    expect(file.waiting).toMatchObject([{ scan: { scanId: scanId(outcome as ScanOutcome) } }]);
  });

  it('CI15: a revoked phone goes on sending what it scanned, stays revoked meanwhile, and has nothing left then', async () => {
    const phone = await doors.phone();
    const outcomes = await doors.scanOffline(phone, 250);
    doors.server.isRevoked = true;
    doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 'device-revoked' : undefined);
    const seen: string[] = [];
    phone.engine().subscribe(() => seen.push(phone.engine().snapshot().standing));
    await phone.reconnect();
    await phone.shows(({ standing, queue }) => standing === 'revoked' && queue.waiting === 0);
    expect(outcomes.every(doors.isKept)).toBe(true);
    await phone.sync();
    expect(seen.slice(seen.indexOf('revoked'))).not.toContain('active');
    await phone.engine().signOut();
    await phone.shows(({ standing }) => standing === 'not-enrolled');
  });

  it('a phone whose shift is over brings in what it scanned', async () => {
    const phone = await doors.phone();
    const [outcome] = await doors.scanOffline(phone, 1);
    doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 'device-over' : undefined);
    await phone.reconnect();
    await phone.shows(({ standing, queue }) => standing === 'over' && queue.waiting === 0);
    expect(doors.isKept(outcome as ScanOutcome)).toBe(true);
  });
});

describe('CI7: nothing is lost by signing out', () => {
  it('CI7: signing out is refused while scans are not on the server, until somebody has them as a file', async () => {
    const phone = await doors.phone();
    await doors.scanOffline(phone, 2);
    const signOut = () => phone.engine().signOut();
    await expect(signOut()).rejects.toThrow();
    expect((await phone.snapshot()).queue.waiting).toBe(2);
    await phone.engine().exportScans();
    doors.server.fault = ({ path }) => (path.endsWith('/scans') ? 'busy' : undefined);
    await phone.reconnect();
    const guest = firstOf(await doors.invite(1));
    await phone.sync();
    await phone.read(guest.code);
    await expect(signOut()).rejects.toThrow();
    await phone.engine().exportScans();
    await signOut();
    expect(await phone.snapshot()).toMatchObject({ standing: 'not-enrolled', people: 0, queue: { waiting: 0 } });
  });

  it('CI7: another code is not taken while scans are not on the server, and they are sent by the device that made them', async () => {
    const phone = await doors.phone();
    const first = (await phone.snapshot()).device?.id;
    const [outcome] = await doors.scanOffline(phone, 1);
    await expect(phone.enrol(doors.server.offer())).rejects.toThrow('unsent');
    await phone.reconnect();
    await phone.enrol(doors.server.offer());
    expect(doors.server.kept.get(scanId(outcome as ScanOutcome))?.device).toBe(first);
    expect((await phone.snapshot()).device?.id).not.toBe(first);
  });
});
