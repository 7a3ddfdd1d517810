import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { keptPhones } from '../phone/kept-phones.ts';
import { serverOf, stateOf, valuesIn } from '../phone/server.ts';
import { courseOf } from '../support/door/course.ts';
import { simulatedPhone, type World } from '../support/door/simulated-phone.ts';
import { makeDatabase, readDatabase } from '../support/kept-database.ts';

const { now, phones, people, desk } = keptPhones();
const LATER = 60_000;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** The app of today on what a phone kept, a minute later and without a network. */
async function open(kept: (typeof phones)[keyof typeof phones]) {
  await makeDatabase(kept);
  const server = serverOf(kept);
  const world: World = { course: courseOf(1), now: now + LATER, late: [], serve: server.serve, isReachable: false };
  const phone = await simulatedPhone(world, 0, indexedDB);
  return { phone, engine: phone.engine(), server };
}

interface Waiting {
  readonly scan: unknown;
}

const told = (kept: (typeof phones)['desk']) => valuesIn<Waiting>(kept, 'outbox').map(({ scan }) => scan);

describe('a phone with the app of 28 November 2026 gets the app of today', () => {
  it('is made as it was kept', async () => {
    for (const kept of Object.values(phones)) {
      globalThis.indexedDB = new IDBFactory();
      await makeDatabase(kept);
      expect(await readDatabase('plenary-checkin')).toEqual(kept);
    }
  });

  it('a desk at work: still is that device, at its door, with all that waits, and its digits', async () => {
    const { engine } = await open(phones.desk);
    expect(engine.snapshot()).toMatchObject({ ...desk, standing: 'active', door: { id: 'entrance' }, direction: 'in' });
    expect(engine.snapshot().device).toEqual(stateOf<{ terms: unknown }>(phones.desk, 'device').terms);
  });

  it('a desk at work: reads its roster, its keys, who came, here or elsewhere, and what is revoked', async () => {
    const { engine } = await open(phones.desk);
    const read = async (who: keyof typeof people) => engine.read(people[who].code);
    expect(await read('isNew')).toMatchObject({ kind: 'admit', person: { name: 'New Sample' } });
    expect(await read('isYoung')).toMatchObject({ kind: 'admit', person: { name: 'Young Sample', isMinor: true } });
    expect(await read('cameHere')).toMatchObject({ kind: 'already-in', isHere: true, person: { noPhoto: true } });
    expect(await read('cameElsewhere')).toMatchObject({
      kind: 'already-in',
      isHere: false,
      person: { askNeeds: true },
    });
    expect(await read('cameOffline')).toMatchObject({ kind: 'already-in', isHere: true });
    expect(await read('isRevoked')).toEqual({ kind: 'revoked' });
  });

  it('a desk at work: saves what waits and what was refused to a file', async () => {
    const { engine } = await open(phones.desk);
    const file = JSON.parse(await (await engine.exportScans()).text());
    expect(file).toMatchObject({ waiting: valuesIn(phones.desk, 'outbox'), refused: valuesIn(phones.desk, 'refused') });
  });

  it('a desk at work: brings in every scan that waits, as it was and in order, and those that are new after them', async () => {
    const { phone, engine, server } = await open(phones.desk);
    const { kind, scanId } = (await engine.read(people.isNew.code)) as { kind: string; scanId: string };
    expect(kind).toBe('admit');
    phone.network = 'good';
    await engine.sync();
    expect(server.scans.slice(0, -1)).toEqual(told(phones.desk));
    expect(server.scans.at(-1)).toMatchObject({ scanId, ticket: people.isNew.ticket });
    expect(server.cursors).toEqual([stateOf(phones.desk, 'cursor')]);
    expect(engine.snapshot()).toMatchObject({ standing: 'active', queue: { waiting: 0, refused: 1 } });
    const [outbox] = phones.desk.stores.filter(({ name }) => name === 'outbox');
    const after = await readDatabase('plenary-checkin');
    expect(after.stores.find(({ name }) => name === 'outbox')).toEqual({
      ...outbox,
      records: [],
      next: (outbox?.next ?? 0) + 1,
    });
    expect(valuesIn(after, 'refused')).toEqual(valuesIn(phones.desk, 'refused'));
    expect(valuesIn(after, 'entries')).toEqual(valuesIn(phones.desk, 'entries'));
  });

  it('one that waits to be let in: asks again with the same secret and digits', async () => {
    const { phone, engine, server } = await open(phones.asking);
    expect(engine.snapshot().standing).toBe('not-enrolled');
    const pending = stateOf<{ code: string }>(phones.asking, 'pending');
    phone.network = 'good';
    await expect(engine.enrol(pending.code)).rejects.toThrow('taken');
    expect(server.enrolments).toEqual([pending]);
  });

  it('one that is shut out: says so, and brings in all the same what it scanned before', async () => {
    const { phone, engine, server } = await open(phones.shutOut);
    expect(engine.snapshot()).toMatchObject({ standing: 'revoked', queue: { waiting: 2 } });
    phone.network = 'good';
    await engine.sync();
    expect(server.scans).toEqual(told(phones.shutOut));
    expect(engine.snapshot().queue.waiting).toBe(0);
  });
});
