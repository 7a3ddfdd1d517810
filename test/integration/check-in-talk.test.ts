import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OpenDoors, open, openDoors } from '../support/doors.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';

const EVENT = 'talking';
const HOUR = 3_600_000;

let parts: Parts;
let doors: OpenDoors;

beforeAll(async () => {
  parts = await startParts();
  doors = await openDoors(parts, EVENT);
  await doors.put('event', open);
});
afterAll(() => parts?.stop());
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() }));
afterEach(() => vi.useRealTimers());

const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const enrol = () => openPhone(parts, EVENT, { endsAt: Date.now() + 24 * HOUR });
const seen = async (id: string) => {
  const { devices } = (await doors.ask('listDevices')).body;
  return devices.find((each: { id: string }) => each.id === id);
};

describe('CI17: what organisers see of a phone', () => {
  it('is its last talk, scans waiting, ages of roster and keys, and version, as it said them', async () => {
    const phone = await enrol();
    expect(await seen(phone.deviceId)).not.toHaveProperty('talk');
    expect((await phone.roster(undefined, '3 1 12 240 a1b2c3d4')).status).toBe(200);
    expect((await seen(phone.deviceId)).talk).toEqual({
      ...{ at: new Date().toISOString(), since: 0, isSilent: false, waiting: 3, refused: 1, scansLastHour: 0 },
      ...{ rosterAge: 12, revocationsAge: 240, version: 'a1b2c3d4' },
    });
    later(30_000);
    expect((await seen(phone.deviceId)).talk).toMatchObject({ since: 30, rosterAge: 42, revocationsAge: 270 });
    await phone.roster(undefined, '0 0 - - a1b2c3d4');
    const { talk } = await seen(phone.deviceId);
    expect(talk).toMatchObject({ waiting: 0, refused: 0, since: 0 });
    expect(talk).not.toHaveProperty('rosterAge');
  });

  it('shows a silent one within a minute of its last talk, and none that talks every few seconds', async () => {
    const phone = await enrol();
    for (let talk = 0; talk < 20; talk += 1) {
      await phone.roster(undefined, '0 0 4 60 v1');
      expect((await seen(phone.deviceId)).talk.isSilent).toBe(false);
      later(4_000);
    }
    await phone.roster(undefined, '0 0 4 60 v1');
    later(50_000);
    expect((await seen(phone.deviceId)).talk.isSilent).toBe(true);
    await phone.roster(undefined, '0 0 54 60 v1');
    expect((await seen(phone.deviceId)).talk.isSilent).toBe(false);
  });

  it('follows at once where scans begin to wait or wait no more, and where the app is another', async () => {
    const phone = await enrol();
    const said = ['0 0 4 60 v1', '5 0 4 60 v1', '0 0 4 60 v1', '0 0 4 60 v2'];
    for (const state of said) {
      await phone.roster(undefined, state);
      const { waiting, version } = (await seen(phone.deviceId)).talk;
      expect(`${waiting} ${version}`).toBe(`${state[0]} ${state.slice(-2)}`);
      later(1000);
    }
  });

  it('counts the scans of an hour once each, whatever was counted before', async () => {
    const phone = await enrol();
    await phone.roster(undefined, '0 0 4 60 v1');
    const scans = [sentScan(), sentScan(), sentScan()];
    await phone.send(scans);
    await phone.send([...scans, { nothing: true }]);
    expect((await seen(phone.deviceId)).talk.scansLastHour).toBe(3);
    later(20 * 60_000);
    await phone.send([sentScan()]);
    expect((await seen(phone.deviceId)).talk.scansLastHour).toBe(4);
    later(55 * 60_000);
    await phone.send([sentScan()]);
    expect((await seen(phone.deviceId)).talk.scansLastHour).toBe(2);
    later(2 * HOUR);
    expect((await seen(phone.deviceId)).talk.scansLastHour).toBe(0);
  });

  it('stops no roster where a phone says nothing that is understood', async () => {
    const phone = await enrol();
    for (const state of ['', 'x', '-1 0 1 1 v', `0 0 1 1 ${'v'.repeat(100)}`]) {
      expect((await phone.roster(undefined, state)).status).toBe(200);
    }
    expect(await seen(phone.deviceId)).not.toHaveProperty('talk');
  });
});
