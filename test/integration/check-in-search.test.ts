import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { revokeAccess } from '../../shared/checkin/device/known-device.case.ts';
import { MOST_SEARCHES, SEARCH_IDLE } from '../../shared/checkin/search/search-lock.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { call, postJson } from '../support/call.ts';
import { type OpenDoors, open, openDoors, problem } from '../support/doors.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { offerCode, openPhone, SEARCH_CODE, sentScan } from '../support/phone.ts';
import { scan as scanTable } from '../support/registry.ts';

const EVENT = 'looking-up';
const NONE = '';

let parts: Parts;
let doors: OpenDoors;

beforeAll(async () => {
  parts = await startParts();
  doors = await openDoors(parts, EVENT);
  await doors.put('event', open);
  await doors.holder('dara@example.org', { fullName: 'Dara Sample', badgeName: 'Dara Sample' });
});
afterAll(() => parts?.stop());
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() }));
afterEach(() => vi.useRealTimers());

const openDesk = () => openPhone(parts, EVENT, { maySearch: true, name: 'Desk', endsAt: Date.now() + 24 * 3_600_000 });
const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const locked = (triesLeft: number) => ({ status: 403, type: problem('search-locked'), lock: { triesLeft } });
const ended = { status: 403, type: problem('search-ended') };
const seen = async (id: string) => {
  const { devices } = (await doors.ask('listDevices')).body;
  return devices.find((each: { id: string }) => each.id === id);
};

describe('AU10: search at a desk', () => {
  it('shows nobody until the code comes along, and then for five minutes after each search', async () => {
    const desk = await openDesk();
    expect(await desk.search('dara', NONE)).toMatchObject(locked(5));
    expect((await desk.search('dara')).people).toHaveLength(1);
    later(SEARCH_IDLE - 1000);
    expect((await desk.search('dara', NONE)).people).toHaveLength(1);
    later(SEARCH_IDLE - 1000);
    expect((await desk.search('nobody of that name', NONE)).people).toEqual([]);
    later(SEARCH_IDLE);
    const shut = await desk.search('dara', NONE);
    expect(shut).toMatchObject(locked(5));
    expect(JSON.stringify(shut)).not.toContain('Dara');
    expect((await desk.search('dara')).status).toBe(200);
  });

  it('finds nobody by less than a whole word or three letters', async () => {
    const desk = await openDesk();
    for (const q of ['d', 'da', 'sa', 'exa', 'example.org', '@']) expect((await desk.search(q)).people).toEqual([]);
    for (const q of ['dar', 'ampl', 'dara@example.org']) expect((await desk.search(q)).people).toHaveLength(1);
  });

  it('finds who has a letter that a keyboard lacks, and by what is typed with a space without width in it', async () => {
    await doors.holder('dang@example.org', { fullName: 'Đặng Mẫu', badgeName: 'Đặng Mẫu' });
    const desk = await openDesk();
    for (const q of ['dang', 'da\u200Bng', 'Đặng', 'mau\u200B'])
      expect((await desk.search(q)).people, q).toMatchObject([{ name: 'Đặng Mẫu' }]);
  });

  it('ends with five wrong codes; scanning goes on', async () => {
    const desk = await openDesk();
    for (const left of [4, 3, 2, 1]) expect(await desk.search('dara', 'code 000000')).toMatchObject(locked(left));
    expect(await desk.search('dara', 'code 000000')).toMatchObject(ended);
    expect(await desk.search('dara')).toMatchObject(ended);
    later(24 * 3_600_000 - 60_000);
    expect(await desk.search('dara')).toMatchObject(ended);
    expect((await desk.send([sentScan()])).answers).toMatchObject([{ result: 'kept' }]);
    expect((await desk.roster()).status).toBe(200);
    expect((await seen(desk.deviceId)).search).toMatchObject({ standing: 'ended', total: 0 });
  });

  it('forgets wrong codes with the right one', async () => {
    const desk = await openDesk();
    for (const _ of [1, 2, 3, 4]) await desk.search('dara', 'code 000000');
    expect((await desk.search('dara')).status).toBe(200);
    later(SEARCH_IDLE);
    expect(await desk.search('dara', 'code 000000')).toMatchObject(locked(4));
  });

  it('never tries more than five codes, however many come at once', async () => {
    const desk = await openDesk();
    const guesses = Array.from({ length: 30 }, (_, guess) => `code ${String(guess).padStart(6, '0')}`);
    const answers = await Promise.all(guesses.map((guess) => desk.search('dara', guess)));
    const tried = answers.filter(({ type }) => type === problem('search-locked'));
    expect(tried.map(({ lock }) => lock.triesLeft).sort()).toEqual([1, 2, 3, 4]);
    expect(answers.every(({ status }) => status !== 200)).toBe(true);
    expect(await desk.search('dara')).toMatchObject(ended);
  });

  it('tries no code while it is open: a guess then says nothing', async () => {
    const desk = await openDesk();
    await desk.search('dara');
    expect((await desk.search('dara', 'code 000000')).status).toBe(200);
    later(SEARCH_IDLE);
    expect(await desk.search('dara', NONE)).toMatchObject(locked(5));
  });

  it('is ended where a phone was let in without a code', async () => {
    const { code } = await offerCode(parts, EVENT, { maySearch: true });
    const secret = 'a'.repeat(43);
    const { body = '' } = await call('enrolDevice', postJson({ code, secret }));
    const headers = { authorization: `Bearer ${JSON.parse(body).token}`, 'search-unlock': `code ${SEARCH_CODE}` };
    const answer = await call('searchPeople', { headers, query: { q: 'dara' } });
    expect({ status: answer.statusCode, ...JSON.parse(answer.body ?? '') }).toMatchObject(ended);
  });

  it('keeps the code that a phone was let in with, whatever is asked with the same code again', async () => {
    const desk = await openDesk();
    const again = await call('enrolDevice', postJson({ ...desk.enrolment, searchCode: '999999' }));
    expect(again.statusCode).toBe(200);
    expect(await desk.search('dara', 'code 999999')).toMatchObject(locked(4));
    expect((await desk.search('dara')).status).toBe(200);
  });

  it('leaves neither code nor what would do to try codes in the table', async () => {
    const desk = await openDesk();
    const items = await scanTable(parts, 'registry');
    const device = items.find(({ pk, sk }) => pk === `DEVICE#${EVENT}` && sk === desk.deviceId);
    expect(device?.['search']).toMatchObject({ codeHash: expect.stringMatching(/^[\w-]{43}$/) });
    expect(JSON.stringify(device)).not.toContain(SEARCH_CODE);
    const other = await openDesk();
    const hashes = (await scanTable(parts, 'registry'))
      .filter(({ sk }) => sk === desk.deviceId || sk === other.deviceId)
      .map(({ search }) => (search as { codeHash: string }).codeHash);
    expect(new Set(hashes).size).toBe(2);
  });

  it('is answered no more than the budget within an hour, also at once, and organisers see how often', async () => {
    const desk = await openDesk();
    const device = { TableName: parts.database.tables.registry, Key: { pk: `DEVICE#${EVENT}`, sk: desk.deviceId } };
    await desk.search('dara');
    const { UpdateCommand } = await import('@aws-sdk/lib-dynamodb');
    const before = [{ step: Math.floor(Date.now() / 600_000), searches: MOST_SEARCHES - 3 }];
    await documentClient(parts.database.client).send(
      new UpdateCommand({
        ...device,
        UpdateExpression: 'SET #s.steps = :steps, #s.searches = :all',
        ExpressionAttributeNames: { '#s': 'search' },
        ExpressionAttributeValues: { ':steps': before, ':all': MOST_SEARCHES - 3 },
      }),
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => desk.search('dara', NONE)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ type }) => type === problem('too-many-searches'))).toHaveLength(5);
    expect((await seen(desk.deviceId)).search).toMatchObject({
      ...{ lastHour: MOST_SEARCHES, total: MOST_SEARCHES, most: MOST_SEARCHES, standing: 'open' },
    });
    later(3_600_000 + 600_000);
    expect((await desk.search('dara')).status).toBe(200);
    expect((await seen(desk.deviceId)).search).toMatchObject({ lastHour: 1, total: MOST_SEARCHES + 1 });
  });

  it('counts what was searched beside each desk, and nothing beside a door', async () => {
    const [desk, door] = [await openDesk(), await openPhone(parts, EVENT)];
    for (const q of ['dara', 'dara', 'nobody']) await desk.search(q);
    later(SEARCH_IDLE);
    await desk.search('dara', 'code 000000');
    const counted = { lastHour: 3, total: 3, most: MOST_SEARCHES };
    expect((await seen(desk.deviceId)).search).toEqual({ ...counted, standing: 'locked' });
    expect(await seen(door.deviceId)).not.toHaveProperty('search');
  });

  it('is shut at once to a phone that is shut out', async () => {
    const desk = await openDesk();
    await desk.search('dara');
    const registry = parts.database.tables.registry;
    await revokeAccess(
      { client: documentClient(parts.database.client), registry, system: realSystem },
      EVENT,
      desk.deviceId,
    );
    expect((await desk.search('dara')).type).toBe(problem('device-revoked'));
  });
});

describe('AU10: a passkey', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const passkey = {
    id: 'credential',
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
  };
  const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
  const origin = 'https://forum.test';

  function signed(challenge: string): string {
    const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin }));
    const data = Buffer.concat([sha256('forum.test'), Buffer.from([0x05, 0, 0, 0, 0])]);
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
    return `passkey ${[data, client, signature].map((each) => each.toString('base64url')).join(' ')}`;
  }
  async function deskWithPasskey() {
    const desk = await openDesk();
    const added = await call('enrolDevice', postJson({ ...desk.enrolment, passkey }));
    expect(added.statusCode).toBe(200);
    return desk;
  }
  const challengeOf = (answer: { lock?: { passkey?: { challenge?: string } } }) =>
    answer.lock?.passkey?.challenge ?? '';

  it('opens search, once for what it signed', async () => {
    const desk = await deskWithPasskey();
    const shut = await desk.search('dara', NONE);
    expect(shut).toMatchObject({ ...locked(5), lock: { passkey: { id: 'credential' } } });
    const unlock = signed(challengeOf(shut));
    expect((await desk.search('dara', unlock)).people).toHaveLength(1);
    later(SEARCH_IDLE);
    expect(await desk.search('dara', unlock)).toMatchObject(locked(5));
    expect((await desk.search('dara')).status).toBe(200);
  });

  it('opens nothing with an older challenge, one that was long ago, or another key', async () => {
    const desk = await deskWithPasskey();
    const first = signed(challengeOf(await desk.search('dara', NONE)));
    const second = await desk.search('dara', NONE);
    expect((await desk.search('dara', first)).type).toBe(problem('search-locked'));
    expect((await desk.search('dara', signed(challengeOf(second)))).type).toBe(problem('search-locked'));
    const third = await desk.search('dara', NONE);
    later(5 * 60_000);
    expect((await desk.search('dara', signed(challengeOf(third)))).type).toBe(problem('search-locked'));
    const plain = await openDesk();
    expect((await plain.search('dara', signed('x'))).type).toBe(problem('search-locked'));
  });

  it('is taken once, within ten minutes, and by the phone that was let in alone', async () => {
    const desk = await deskWithPasskey();
    const other = { ...passkey, id: 'another' };
    await call('enrolDevice', postJson({ ...desk.enrolment, passkey: other }));
    expect((await desk.search('dara', NONE)).lock.passkey.id).toBe('credential');
    const late = await openDesk();
    later(10 * 60_000);
    await call('enrolDevice', postJson({ ...late.enrolment, passkey }));
    expect((await late.search('dara', NONE)).lock).toEqual({ triesLeft: 5 });
    const odd = await openDesk();
    await call('enrolDevice', postJson({ ...odd.enrolment, passkey: { id: 'x', publicKey: 'bm8' } }));
    expect((await odd.search('dara', NONE)).lock).toEqual({ triesLeft: 5 });
  });
});
