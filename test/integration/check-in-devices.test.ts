import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolmentKey } from '../../shared/checkin/check-in-keys.ts';
import { deviceStatus, ENROLMENT_LASTS, isVettedDevice } from '../../shared/checkin/device/device.ts';
import {
  type EnrolmentDeps,
  type EnrolmentTerms,
  takeCode,
  writeOffer,
} from '../../shared/checkin/device/enrol.case.ts';
import { hashOf, knownDevice, readDevices, revokeAccess } from '../../shared/checkin/device/known-device.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';

let parts: Parts;
let deps: EnrolmentDeps;
let now = Date.parse('2027-11-02T01:00:00Z');
const HOUR = 3_600_000;
const secret = () => randomBytes(32).toString('base64url');

beforeAll(async () => {
  parts = await startParts();
  const system = { ...realSystem, now: () => new Date(now) };
  deps = { client: documentClient(parts.database.client), registry: parts.database.tables.registry, system };
});
afterAll(() => parts?.stop());

const wanted = (eventId: string): EnrolmentTerms => ({
  ...{ eventId, name: 'Hall, left door', lists: ['day-1'], maySearch: false },
  ...{ endsAt: now + 8 * HOUR, enrolledBy: 'organiser' },
});
const take = (code: string, own: string, left = ['day-1']) =>
  takeCode(deps, code, own, async ({ lists }) => lists.filter((list) => left.includes(list)));
const offer = (eventId: string) => writeOffer(deps, wanted(eventId), 2 ** 32);

async function enrol(eventId: string) {
  const { code } = await offer(eventId);
  const taken = await take(code, secret());
  if (taken.kind !== 'enrolled') throw new Error(taken.kind);
  return taken;
}

describe('AU7: enrolling a device', () => {
  it('makes a phone a device with what the organiser said, and a token that opens its routes', async () => {
    const { code, deviceId } = await offer('enrol');
    const own = secret();
    const taken = await take(code, own);
    const device = { ...wanted('enrol'), id: deviceId, enrolledAt: now, scans: {} };
    expect(taken).toEqual({ kind: 'enrolled', device, token: `enrol.${deviceId}.${own}` });
    expect(await knownDevice(deps, `enrol.${deviceId}.${own}`)).toEqual({ kind: 'active', device });
    expect(await readDevices(deps, 'enrol')).toEqual([device]);
  });

  it('is done once: of many phones at the same moment one is the device', async () => {
    const { code } = await offer('many');
    const taken = await Promise.all(Array.from({ length: 10 }, () => take(code, secret())));
    expect(taken.filter(({ kind }) => kind === 'enrolled')).toHaveLength(1);
    expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(9);
    expect(await readDevices(deps, 'many')).toHaveLength(1);
  });

  it('answers the same to the phone that did not hear the answer, also after the ten minutes', async () => {
    const { code } = await offer('again');
    const own = secret();
    const first = await take(code, own);
    now += ENROLMENT_LASTS;
    expect(await take(code, own)).toEqual(first);
    expect(await take(code, secret())).toEqual({ kind: 'taken' });
  });

  it('ends after ten minutes, and is never done with a code that nobody made', async () => {
    const { code } = await offer('late');
    now += ENROLMENT_LASTS;
    expect(await take(code, secret())).toEqual({ kind: 'expired' });
    expect(await take(secret(), secret())).toEqual({ kind: 'unknown' });
    expect(await readDevices(deps, 'late')).toEqual([]);
  });

  it('leaves neither code nor secret in the table', async () => {
    const { code } = await offer('unreadable');
    const own = secret();
    await take(code, own);
    const everything = JSON.stringify(await scan(parts, 'registry'));
    expect(everything).toContain('unreadable');
    expect(everything).not.toContain(code);
    expect(everything).not.toContain(own);
  });
});

describe('AU7: one code for the phones of a shift', () => {
  it('lets in as many as it says, each once, numbered, with an id and a token of its own', async () => {
    const { code, deviceId } = await writeOffer(deps, { ...wanted('shift'), phones: 3 }, 2 ** 32);
    const secrets = Array.from({ length: 8 }, secret);
    const taken = await Promise.all(secrets.map((own) => take(code, own)));
    const devices = taken.flatMap((each) => (each.kind === 'enrolled' ? [each.device] : []));
    expect(devices.map(({ name }) => name).sort()).toEqual([1, 2, 3].map((number) => `Hall, left door ${number}`));
    expect(new Set(devices.map(({ id }) => id)).size).toBe(3);
    expect(devices.every(({ offer, id }) => offer === deviceId && id !== deviceId)).toBe(true);
    expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(5);
    expect(await readDevices(deps, 'shift')).toHaveLength(3);
    // A phone that asks again is the one that it was.
    expect(await Promise.all(secrets.map((own) => take(code, own)))).toEqual(taken);
    const tokens = taken.flatMap((each) => (each.kind === 'enrolled' ? [each.token] : []));
    expect(new Set(tokens).size).toBe(3);
    const [first = '', second = ''] = tokens;
    await revokeAccess(deps, 'shift', first.split('.')[1] ?? '');
    expect([await knownDevice(deps, first), await knownDevice(deps, second)]).toMatchObject([
      { kind: 'revoked' },
      { kind: 'active' },
    ]);
  });

  it('ends after ten minutes for phones that did not come, and not for one that asks again', async () => {
    const { code } = await writeOffer(deps, { ...wanted('shift-late'), phones: 2 }, 2 ** 32);
    const own = secret();
    const first = await take(code, own);
    now += ENROLMENT_LASTS;
    expect(await take(code, secret())).toEqual({ kind: 'expired' });
    expect(await take(code, own)).toEqual(first);
  });

  it('is still taken by one phone alone where it was made and taken before there were several', async () => {
    const { code } = await offer('older');
    const own = secret();
    const first = await take(code, own);
    const Key = enrolmentKey(hashOf(code));
    const { UpdateCommand } = await import('@aws-sdk/lib-dynamodb');
    await deps.client.send(
      new UpdateCommand({
        ...{ TableName: deps.registry, Key, UpdateExpression: 'SET takenBy = :one REMOVE phones' },
        ExpressionAttributeValues: { ':one': hashOf(own) },
      }),
    );
    expect(await take(code, own)).toEqual(first);
    expect(await take(code, secret())).toEqual({ kind: 'taken' });
  });
});

describe('a device', () => {
  it('is revoked for its very next request, once and for all', async () => {
    const { token, device } = await enrol('revoked');
    await revokeAccess(deps, 'revoked', device.id);
    const revokedAt = now;
    now += HOUR;
    await revokeAccess(deps, 'revoked', device.id);
    expect(await knownDevice(deps, token)).toMatchObject({ kind: 'revoked', device: { id: device.id, revokedAt } });
    expect(await readDevices(deps, 'revoked')).toMatchObject([{ revokedAt }]);
    expect(await revokeAccess(deps, 'revoked', 'NOBODY00')).toBe(false);
  });

  it('is over at the end of its shift', async () => {
    const { token, device } = await enrol('over');
    now = device.endsAt - 1;
    expect(await knownDevice(deps, token)).toMatchObject({ kind: 'active' });
    now = device.endsAt;
    expect(await knownDevice(deps, token)).toMatchObject({ kind: 'over' });
    expect(deviceStatus({ ...device, revokedAt: now }, now)).toBe('revoked');
  });

  it('is nobody with another secret, at another event, or with what is no token', async () => {
    const { token, device } = await enrol('nobody');
    const other = `nobody.${device.id}.${secret()}`;
    const elsewhere = token.replace('nobody.', 'enrol.');
    for (const each of [other, elsewhere, '', 'x', `${token}x`, token.toUpperCase(), `${token}\n`]) {
      expect(await knownDevice(deps, each)).toEqual({ kind: 'unknown' });
    }
  });

  it('CS13: shows names of minors only where whoever holds it was vetted until the last day', () => {
    expect(isVettedDevice({}, '2027-11-03')).toBe(false);
    expect(isVettedDevice({ vettedUntil: '2027-11-02' }, '2027-11-03')).toBe(false);
    expect(isVettedDevice({ vettedUntil: '2027-11-03' }, '2027-11-03')).toBe(true);
  });
});
