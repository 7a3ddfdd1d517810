import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { jobStore } from '../../shared/event/job.store.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { peopleChunkKey, registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import type { Job } from '../../shared/mail/outbox/outbox-items.store.ts';
import { checkSubmission } from '../../shared/registration/apply/submission.ts';
import {
  FEWEST_RECENT,
  indexPeople,
  keepPeople,
  makePeople,
} from '../../shared/registration/people/keep-people.case.ts';
import { comparePeople, inOrderOf, readPeople } from '../../shared/registration/people/people.case.ts';
import {
  chunkOf,
  fromPeopleChunkItem,
  type KnownPeople,
  type PeopleStore,
  PLACES,
  peopleStore,
  RECENT,
  rowInIndex,
} from '../../shared/registration/people/people.store.ts';
import type { IndexedPerson, IndexedRow } from '../../shared/registration/people/person.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import {
  deleteRegistration,
  putRegistration,
  toRegistrationItem,
} from '../../shared/registration/registration.store.ts';
import { changed, newRegistration } from '../../shared/registration/registration-state.store.ts';
import { putGone } from '../../shared/registration/tombstone.store.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

const SECOND = 1000;
const NOW = Date.parse('2027-03-01T08:00:00.000Z');
const DAY = 24 * 3600 * SECOND;
/** Ten o'clock in the evening at the event. */
const NIGHT = Date.parse('2027-03-01T15:00:00.000Z');
const { rules: RULES } = splitTexts(forum());
const MINOR = { ageBand: 'minor', minor: {} } as const;
const FAR_AWAY = Math.floor(Date.parse('2099-01-01') / SECOND);

let parts: Parts;
let client: DocumentClient;
let registry: string;

beforeAll(async () => {
  parts = await startParts();
  client = documentClient(parts.database.client);
  registry = parts.database.tables.registry;
});
afterAll(() => parts?.stop());

let events = 0;

/** A row with the chunk that it lies in. */
type Kept = Pick<IndexedRow, 'reference'> &
  Partial<Pick<IndexedPerson, 'fullName' | 'answers'>> & { readonly place: string };

/** An event with people and an index, by a clock that a test moves. */
function started(over: Partial<PeopleStore> = {}) {
  events += 1;
  let rules = { ...RULES, id: `indexed-${events}`, languages: ['en'] };
  let time = NOW;
  const system = { ...realSystem, now: () => new Date(time), backOff: async () => {} };
  const registrations = new Map<string, Registration>();
  const table = peopleStore({ client, registry, system });
  const people = { ...table, ...over };
  const given = { client, outbox: parts.database.tables.outbox };
  const instance = () => ({
    system,
    people,
    jobs: jobStore(given),
    readRules: async () => rules,
    digestWriter: { recent: async () => [rules.id] } as never,
    changedEvents: { of: async () => [{ eventId: rules.id, revision: 1 }], settle: async () => {} } as never,
    peopleMemory: new Map<string, KnownPeople>(),
    indexedUpTo: new Map<string, string>(),
    timeZones: new Map<string, string>(),
  });
  const one = instance();
  const put = async (before: Registration | undefined, after: Registration) => {
    expect(await transact(client, [putRegistration(registry, before, after, FAR_AWAY, 'system')], realSystem)).toEqual(
      [],
    );
    registrations.set(after.reference, after);
    return after;
  };
  return {
    system,
    table,
    people,
    instance,
    one,
    registrations,
    event: () => rules,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    asks: (questions: typeof rules.questions) => {
      rules = { ...rules, questions };
    },
    async register(name: string, isMinor = false) {
      const checked = checkSubmission(RULES, submission({ fullName: name, badgeName: name, email: 'who@example.org' }));
      if ('issues' in checked) throw new Error(JSON.stringify(checked.issues));
      const made = newRegistration(system, rules as never, checked.application, {
        status: 'pending-approval',
        seats: [],
      });
      return put(undefined, isMinor ? { ...made, ...MINOR } : made);
    },
    async registerMany(many: number) {
      await Promise.all(Array.from({ length: many }, (_, n) => this.register(`Person ${n}`)));
    },
    change: (before: Registration, changes: Partial<Registration>) =>
      put(before, changed(before, changes, system.now())),
    /** As erasing writes it; the job is done by whom a test has do it. */
    async erase(of: Registration) {
      await transact(client, [deleteRegistration(registry, of), putGone(registry, of, system.now())], realSystem);
      registrations.delete(of.reference);
      return newJob(system, 'index-people', rules.id, { reference: of.reference });
    },
    keep: (deps = one) => keepPeople(deps, newJob(system, 'index-people', rules.id)),
    make: (deps = one) => makePeople(deps, newJob(system, 'make-people', rules.id)),
    wanted: () =>
      [...registrations.values()]
        .map((each) => rowInIndex(rules, each))
        .map((each) => JSON.parse(JSON.stringify(each)))
        .sort((a, b) => (a.reference < b.reference ? -1 : 1)),
    async read(deps = one) {
      const { people: found, minors } = await readPeople(deps, rules as never);
      return [...found.values(), ...minors.values()]
        .map((each) => JSON.parse(JSON.stringify(each)))
        .sort((a, b) => (a.reference < b.reference ? -1 : 1));
    },
    /** All that lies in its chunks. */
    async kept() {
      const found = await Promise.all(
        [RECENT, ...PLACES].map(async (place) => {
          const { Item } = await client.send(
            new GetCommand({ TableName: registry, Key: peopleChunkKey(rules.id, place) }),
          );
          const { people: adults = [], minors = [] } = (Item && fromPeopleChunkItem(Item)) ?? {};
          return [...adults, ...minors].map((each): Kept => ({ place, ...each }));
        }),
      );
      return found.flat();
    },
  };
}

describe('RE11: the index of an event’s people', () => {
  it('has an instance that put people in order know them in that order as they are: renamed, new, erased, or found to be a minor', async () => {
    const event = started();
    const [first, second, third] = [
      await event.register('Chan Sample'),
      await event.register('Dara Sample'),
      await event.register('Sokha Sample'),
    ];
    await event.make();
    let compared = 0;
    const arrange = (people: readonly IndexedPerson[]) =>
      people.toSorted((a, b) => {
        compared += 1;
        return a.fullName < b.fullName ? -1 : 1;
      });
    const names = async (reader = event.one) => {
      const known = await readPeople(reader, event.event() as never);
      return inOrderOf(known, 'names', arrange).map(({ fullName }) => fullName);
    };
    expect(await names()).toEqual(['Chan Sample', 'Dara Sample', 'Sokha Sample']);
    compared = 0;
    const before = event.one.peopleMemory.get(event.event().id)?.people;
    expect(await names()).toEqual(['Chan Sample', 'Dara Sample', 'Sokha Sample']);
    // Nothing changed: nobody is compared or copied.
    expect(compared).toBe(0);
    expect(event.one.peopleMemory.get(event.event().id)?.people).toBe(before);
    event.pass(SECOND);
    await event.change(first, { fullName: 'Vanna Sample' });
    await event.register('Bopha Sample');
    await event.erase(third);
    expect(await names()).toEqual(['Bopha Sample', 'Dara Sample', 'Vanna Sample']);
    const memory = event.one.peopleMemory.get(event.event().id);
    expect(JSON.stringify([...(memory?.orders ?? [])])).not.toContain(third.reference);
    event.pass(SECOND);
    await event.change(second, MINOR);
    expect(await names()).toEqual(['Bopha Sample', 'Vanna Sample']);
    expect(await names()).toEqual(await names(event.instance()));
  });

  it('holds everyone from the first write on, whatever their status, minors apart and without a name', async () => {
    const event = started();
    const first = await event.register('Dara Sample');
    const young = await event.register('Young Sample', true);
    const statuses = ['confirmed', 'waitlisted', 'declined', 'cancelled', 'expired', 'pending-approval'] as const;
    for (const status of statuses) await event.change(await event.register(`Now ${status}`), { status });
    expect(await event.read()).toEqual(event.wanted());
    expect(event.wanted()).toHaveLength(8);
    await event.make();
    expect(await event.read(event.instance())).toEqual(event.wanted());
    await event.change(first, { status: 'confirmed' });
    await event.change(young, { status: 'confirmed' });
    expect(await event.read()).toEqual(event.wanted());
    await event.keep();
    for (const reader of [event.one, event.instance()]) {
      const { people, minors } = await readPeople(reader, event.event() as never);
      expect([...people.keys()]).not.toContain(young.reference);
      expect([...minors.values()].map(({ reference, status }) => [reference, status])).toEqual([
        [young.reference, 'confirmed'],
      ]);
    }
    const kept = await event.kept();
    expect(kept.map(({ reference }) => reference)).toContain(young.reference);
    expect(JSON.stringify(kept)).not.toContain('Young Sample');
  });

  it('has those whose age is put right on the other side, with whoever remembers, follows or reads anew', async () => {
    const event = started();
    const [adult, minor] = [await event.register('Now young'), await event.register('Now grown', true)];
    await event.make();
    const follower = event.instance();
    const sides = async (reader = follower) => {
      const { people, minors } = await readPeople(reader, event.event() as never);
      return [[...people.keys()], [...minors.keys()]];
    };
    expect(await sides()).toEqual([[adult.reference], [minor.reference]]);
    await event.change(adult, MINOR);
    await event.change(minor, { ageBand: undefined, minor: undefined });
    for (const step of [() => event.keep(), () => event.make(), async () => event.pass(61 * SECOND)]) {
      expect(await sides()).toEqual([[minor.reference], [adult.reference]]);
      expect(await sides(event.instance())).toEqual([[minor.reference], [adult.reference]]);
      await step();
    }
    expect(JSON.stringify(await event.kept())).not.toContain('Now young');
  });

  it('says of a minor what is counted, and neither a name, an answer, a guardian nor who looks after them', async () => {
    const event = started();
    const young = await event.register('Young Sample', true);
    const grown = await event.register('Grown Sample');
    await event.change(young, {
      ...{ badgeName: 'Badge Sample', nativeName: 'Native Sample', honorific: 'Honorific', position: 'Typed position' },
      answers: Object.fromEntries(RULES.questions.map(({ id }) => [id, `typed in ${id}`])),
      minor: { answerBy: '2027-03-09T00:00:00.000Z', chaperone: { reference: grown.reference, days: [] } },
      seats: [{ quota: 'seats', group: 'kh', shard: 0, state: 'taken' }],
    });
    await event.change(grown, {
      chaperoning: {
        acceptedAt: '2027-03-01T08:00:00.000Z',
        vouchedBy: ['m-1', 'm-2'],
        minors: { [young.reference]: true },
      },
    });
    await event.make();
    const [row, chaperone] = [young, grown].map(({ reference }) =>
      event.wanted().find((each) => each.reference === reference),
    );
    expect(await event.read(event.instance())).toEqual(event.wanted());
    const counted = [
      ...['ageBand', 'category', 'changedAt', 'closedSessions', 'country', 'days', 'groups', 'language', 'mode'],
      ...['organisation', 'pendingSince', 'reference', 'revision', 'role', 'seats', 'sessions', 'status'],
      ...['submittedAt', 'ticket', 'unproven'],
    ];
    expect(Object.keys(row).filter((name) => !counted.includes(name))).toEqual([]);
    expect(row).toMatchObject({ groups: { seats: 'kh' }, seats: [{ quota: 'seats', state: 'taken' }] });
    expect(chaperone.chaperoning).toEqual({ acceptedAt: '2027-03-01T08:00:00.000Z' });
    const [minors, adults] = [true, false].map((isMinor) =>
      JSON.stringify(event.wanted().filter(({ ageBand }) => (ageBand === 'minor') === isMinor)),
    );
    expect(minors).not.toMatch(/Sample(?! Ministry)|Typed|typed|Honorific|2027-03-09/);
    expect(minors).not.toContain(grown.reference);
    expect(adults).not.toContain(young.reference);
  });

  it('says nothing of an address, a number, what was typed freely, or a need', async () => {
    const event = started();
    const registration = await event.register('Dara Sample');
    const answers = Object.fromEntries(RULES.questions.map(({ id }) => [id, `typed in ${id}`]));
    await event.change(registration, { answers, position: 'Typed position', hasNeeds: true });
    await event.make();
    const text = JSON.stringify(await event.kept());
    expect(text).toContain('Dara Sample');
    for (const untold of ['who@example.org', 'Typed position', 'hasNeeds', registration.ticketId]) {
      expect(text).not.toContain(untold);
    }
    const free = RULES.questions.filter(
      ({ type, care }) => care || ['text', 'long-text', 'email', 'phone'].includes(type),
    );
    expect(free.length).toBeGreaterThan(0);
    for (const { id } of free) expect(text).not.toContain(`typed in ${id}`);
  });
});

describe('what erases a person', () => {
  it('leaves nothing of them in any chunk, nor with whoever remembers', async () => {
    const event = started();
    const [first, second] = [await event.register('In their chunk'), await event.register('Stays')];
    event.pass(61 * SECOND);
    await event.make();
    const recent = await event.change(await event.register('Among the recent'), { status: 'confirmed' });
    await event.keep();
    expect((await event.kept()).map(({ fullName }) => fullName).sort()).toEqual([
      'Among the recent',
      'In their chunk',
      'Stays',
    ]);
    await event.read();
    for (const each of [first, recent]) {
      const job = await event.erase(each);
      event.pass(SECOND);
      expect(await event.read()).toEqual(event.wanted());
      await keepPeople(event.one, job);
      await keepPeople(event.one, job);
    }
    expect((await event.kept()).map(({ reference }) => reference)).toEqual([second.reference]);
    expect(await event.read(event.instance())).toEqual(event.wanted());
  });

  it('is not undone by one who writes a chunk at that moment, whenever they read it', async () => {
    const moments = {
      keep: ['chunk', 'changes', 'registrations', 'gone'],
      'lay down': ['chunk', 'changes', 'registrations', 'gone'],
      make: ['chunk', 'partition', 'gone'],
    } as const;
    for (const what of ['keep', 'lay down', 'make'] as const) {
      for (const stop of moments[what]) {
        let meanwhile: (() => Promise<void>) | undefined;
        const event = started();
        await event.registerMany(what === 'lay down' ? FEWEST_RECENT + 1 : 3);
        const leaves = await event.register('Leaves');
        if (what !== 'make') {
          await event.make();
          const all = [...event.registrations.values()];
          await Promise.all(all.map((each) => event.change(each, { status: 'confirmed' })));
        }
        event.pass(SECOND);
        const slow = event.instance();
        const once = async (): Promise<void> => {
          const work = meanwhile;
          meanwhile = undefined;
          await work?.();
        };
        const slowly: PeopleStore = {
          ...event.people,
          [stop]:
            stop === 'changes'
              ? async function* changes(...asked: Parameters<PeopleStore['changes']>) {
                  for await (const page of event.people.changes(...asked)) {
                    await once();
                    yield page;
                  }
                }
              : async (...asked: never[]) => {
                  const answer = await (event.people[stop] as (...all: never[]) => Promise<unknown>)(...asked);
                  await once();
                  return answer;
                },
        };
        meanwhile = async () => {
          await keepPeople(event.one, await event.erase(event.registrations.get(leaves.reference) as Registration));
        };
        const deps = { ...slow, people: slowly };
        await (what === 'make' ? event.make(deps) : event.keep(deps));
        expect(meanwhile).toBeUndefined();
        expect(
          (await event.kept()).map(({ fullName }) => fullName),
          `${what} ${stop}`,
        ).not.toContain('Leaves');
        expect(await event.read(event.instance()), `${what} ${stop}`).toEqual(event.wanted());
      }
    }
  });
});

describe('what erases a person, late', () => {
  it('is not undone by one who makes the first chunk that they would be in', async () => {
    const event = started();
    const leaves = await event.register('Leaves');
    const stays = await event.register('Stays');
    let isErased = false;
    const slow = event.instance();
    slow.people = {
      ...event.people,
      async write(id, place, ...rest) {
        if (!isErased && place === chunkOf(leaves.reference)) {
          isErased = true;
          await keepPeople(event.one, await event.erase(leaves));
        }
        return event.people.write(id, place, ...rest);
      },
    };
    await event.make(slow);
    expect(isErased).toBe(true);
    expect((await event.kept()).map(({ reference }) => reference)).toEqual([stays.reference]);
  });

  it('holds for an instance that slept until the table said no more who left', async () => {
    const event = started();
    const [leaves] = [await event.register('Leaves'), await event.register('Stays')];
    await event.make();
    await event.read();
    await keepPeople(event.one, await event.erase(leaves));
    event.pass(4 * 24 * 3600 * SECOND);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: registry }));
    for (const { pk, sk } of Items.filter((item) => item['pk'] === `PEOPLE-GONE#${event.event().id}`)) {
      await client.send(new DeleteCommand({ TableName: registry, Key: { pk, sk } }));
    }
    expect(await event.read()).toEqual(event.wanted());
  });

  it('leaves those who changed to be made anew where they could not be read, and the minute does so', async () => {
    const event = started();
    const [leaves] = [await event.register('Leaves'), await event.register('Stays')];
    await event.make();
    const Key = peopleChunkKey(event.event().id, RECENT);
    const { Item } = await client.send(new GetCommand({ TableName: registry, Key }));
    await client.send(new PutCommand({ TableName: registry, Item: { ...Item, hash: 'another' } }));
    await keepPeople(event.one, await event.erase(leaves));
    event.pass(60 * SECOND);
    await indexPeople(event.one);
    expect((await event.people.chunks(event.event().id, [RECENT], true))(RECENT).chunk).toMatchObject({ others: 1 });
    expect(await event.read(event.instance())).toEqual(event.wanted());
  });
});

describe('many at once', () => {
  /** Registrations that an index of changes tells of, made of one. */
  async function crowd(many: number, ago: number, over: (nth: number) => Partial<Registration> = () => ({})) {
    const rows = new Map<string, Registration>();
    let asked = 0;
    const event = started({
      async *changes(_, cursor) {
        asked += 1;
        if (asked > 20) throw new Error('asks without end');
        const settled = new Date(event.system.now().getTime() - 60 * SECOND).toISOString();
        const left = [...rows.values()].filter(({ changedAt, reference }) => `${changedAt}#${reference}` > cursor);
        left.sort((a, b) => (`${a.changedAt}#${a.reference}` < `${b.changedAt}#${b.reference}` ? -1 : 1));
        for (let from = 0; from < left.length; from += 400) {
          const page = left.slice(from, from + 400);
          const last = page.at(-1);
          yield { changed: page, cursor: [`${last?.changedAt}#${last?.reference}`, settled].sort()[0] ?? settled };
        }
      },
      registrations: async (_, references) => references.flatMap((each) => rows.get(each) ?? []),
      partition: async (_, place) => [...rows.values()].filter(({ reference }) => chunkOf(reference) === place),
    });
    const model = await event.register('Model');
    await event.make();
    event.pass(120 * SECOND);
    const changedAt = new Date(event.system.now().getTime() - ago).toISOString();
    for (let nth = 0; nth < many; nth += 1) {
      const reference = makeReference(realSystem.random(9));
      rows.set(reference, { ...model, ...over(nth), reference, changedAt });
    }
    return { event, rows, asked: () => asked };
  }

  it('are all taken in by one run, and what changed a moment ago is left to the next minute', async () => {
    const { event, rows } = await crowd(7_000, 90 * SECOND);
    event.pass(SECOND);
    await event.keep();
    expect(new Set((await event.kept()).map(({ reference }) => reference))).toEqual(new Set(rows.keys()));
    const recent = await crowd(7_000, 10 * SECOND);
    await recent.event.keep();
    expect(recent.asked()).toBe(1);
    recent.event.pass(61 * SECOND);
    await recent.event.keep();
    expect(new Set((await recent.event.kept()).map(({ reference }) => reference))).toEqual(new Set(recent.rows.keys()));
  });

  it('who all changed a moment ago keep no reader from an answer', async () => {
    const { event, asked } = await crowd(3_100, 10 * SECOND, () => MINOR);
    const { minors } = await readPeople(event.one, event.event() as never);
    expect(minors.size).toBe(3_100);
    expect(asked()).toBe(1);
  });

  const LONG = () => ({ fullName: Buffer.from(realSystem.random(300)).toString('base64') });

  it('with long names are laid to their chunks before an item cannot hold them', async () => {
    const { event, rows } = await crowd(1_600, 90 * SECOND, LONG);
    const { id } = event.event();
    const kept = (await event.table.chunks(id, [RECENT], true))(RECENT);
    const { version: _, ...recent } = kept.chunk as NonNullable<typeof kept.chunk>;
    await event.table.write(id, RECENT, kept, { ...recent, others: 100_000 }, FAR_AWAY);
    event.pass(SECOND);
    await event.keep();
    expect(new Set((await event.kept()).map(({ reference }) => reference))).toEqual(new Set(rows.keys()));
  });

  it('are not laid over whom another run has laid down meanwhile, as they are since', async () => {
    const event = started();
    await event.registerMany(FEWEST_RECENT + 1);
    await event.make();
    const all = [...event.registrations.values()];
    await Promise.all(all.map((each) => event.change(each, { status: 'confirmed' })));
    event.pass(SECOND);
    let isRead = false;
    const slowly: PeopleStore = {
      ...event.people,
      async gone(...asked) {
        const answer = await event.people.gone(...asked);
        if (isRead) return answer;
        isRead = true;
        // The others have read everyone as they were, and write nothing yet: all change again, and are laid down.
        const before = [...event.registrations.values()];
        await Promise.all(before.map((each) => event.change(each, { status: 'cancelled' })));
        event.pass(60 * SECOND);
        await event.keep();
        return answer;
      },
    };
    await event.keep({ ...event.instance(), people: slowly });
    expect(isRead).toBe(true);
    const inChunks = (await event.kept()).filter(({ place }) => place !== RECENT);
    expect(inChunks).toHaveLength(all.length);
    expect(new Set(inChunks.map((each) => (each as Partial<IndexedRow>).status))).toEqual(new Set(['cancelled']));
    event.pass(600 * SECOND);
    expect(await event.read(event.instance())).toEqual(event.wanted());
  });

  it('who fill more than an item are read from registrations', async () => {
    const place = PLACES[7] ?? '';
    const { event, rows } = await crowd(0, 90 * SECOND);
    const model = [...event.registrations.values()][0] as Registration;
    for (let nth = 0; nth < 1_600; nth += 1) {
      const reference = `${place}${String(nth).padStart(9, '0')}`;
      rows.set(reference, { ...model, ...LONG(), reference });
    }
    await event.make();
    expect(await event.kept()).toEqual([]);
    const { people } = await readPeople(event.instance(), event.event() as never);
    expect(new Set(people.keys())).toEqual(new Set(rows.keys()));
  });
});

describe('a chunk', () => {
  it('that is missing, damaged or of other questions is made up for, and made anew', async () => {
    const event = started();
    await event.registerMany(60);
    await event.make();
    const [some] = event.registrations.values();
    const Key = peopleChunkKey(event.event().id, chunkOf(some?.reference ?? ''));
    const { Item } = await client.send(new GetCommand({ TableName: registry, Key }));
    const bytes = Uint8Array.from(Item?.['people'] as Uint8Array);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    const recent = peopleChunkKey(event.event().id, RECENT);
    for (const spoil of [
      () => client.send(new DeleteCommand({ TableName: registry, Key })),
      () => client.send(new PutCommand({ TableName: registry, Item: { ...Item, people: bytes } })),
      () => client.send(new PutCommand({ TableName: registry, Item: { ...Item, v: 2 } })),
      () => client.send(new DeleteCommand({ TableName: registry, Key: recent })),
      async () => event.asks(event.event().questions.slice(1)),
    ]) {
      await spoil();
      const reader = event.instance();
      event.pass(61 * SECOND);
      expect(await event.read(reader)).toEqual(event.wanted());
      // The minute finds what the recent ones are not, the night the others.
      await indexPeople(event.one);
      const quarter = PLACES.indexOf(Key.pk.slice(-1));
      const next = Math.ceil((event.system.now().getTime() - NIGHT) / DAY) * DAY + NIGHT + quarter * 900 * SECOND;
      event.pass(next - event.system.now().getTime());
      await comparePeople(event.one);
      const jobs = (await client.send(new ScanCommand({ TableName: parts.database.tables.outbox }))).Items ?? [];
      for (const job of jobs.filter(({ eventId }) => eventId === event.event().id)) {
        event.pass(SECOND);
        await makePeople(event.one, { ...job, createdAt: event.system.now().toISOString() } as never);
        event.pass(SECOND);
        await event.one.jobs.forget(String(job['id']));
      }
      const read = event.instance();
      let partitions = 0;
      read.people = {
        ...read.people,
        async partition(...asked) {
          partitions += 1;
          return event.people.partition(...asked);
        },
      };
      expect(await event.read(read)).toEqual(event.wanted());
      expect(partitions).toBe(0);
    }
  });
});

describe('chunks that are read while they are written', () => {
  it('are none the older for it: one that was read before the recent ones is read again', async () => {
    const event = started();
    await event.registerMany(40);
    event.pass(61 * SECOND);
    await event.make();
    const [some] = event.registrations.values();
    if (some === undefined) throw new Error('nobody is there');
    const place = chunkOf(some.reference);
    const before = (await event.table.chunks(event.event().id, [place], true))(place);
    await event.change(some, { fullName: 'Renamed meanwhile' });
    event.pass(61 * SECOND);
    await event.make();
    const again: string[] = [];
    const reader = event.instance();
    reader.people = {
      ...event.people,
      async chunks(eventId, places, isConsistent) {
        const find = await event.table.chunks(eventId, places, isConsistent);
        if (isConsistent) again.push(...places);
        return (wanted) => (wanted === place && !isConsistent ? before : find(wanted));
      },
    };
    expect(await event.read(reader)).toEqual(event.wanted());
    expect(again).toEqual([place]);
  });
});

describe('making it anew', () => {
  it('mends also a chunk to which others were laid since it was asked for', async () => {
    const event = started();
    await event.registerMany(FEWEST_RECENT + 30);
    await event.make();
    const [wrong, ...others] = [...event.registrations.values()] as [Registration, ...Registration[]];
    const is = { ...toRegistrationItem(wrong, FAR_AWAY), fullName: 'Another Name' };
    await client.send(new PutCommand({ TableName: registry, Item: is }));
    event.pass(SECOND);
    const job = newJob(event.system, 'make-people', event.event().id);
    await Promise.all(others.map((each) => event.change(each, { status: 'confirmed' })));
    event.pass(SECOND);
    await event.keep();
    expect((await event.kept()).filter(({ place }) => place === RECENT)).toEqual([]);
    event.pass(SECOND);
    await makePeople(event.one, job);
    const found = (await event.read(event.instance())).find(({ reference }) => reference === wrong.reference);
    expect(found).toMatchObject({ fullName: 'Another Name' });
  });

  it('writes nothing for each of many readers that asked at once', async () => {
    const event = started();
    await event.registerMany(20);
    const jobs = Array.from({ length: 5 }, () => newJob(event.system, 'make-people', event.event().id));
    event.pass(SECOND);
    const write = vi.spyOn(event.one.people, 'write');
    for (const job of jobs) await makePeople(event.one, job);
    expect(write).toHaveBeenCalledTimes(PLACES.length + 1);
  });
});

describe('an answer', () => {
  it('that was typed freely, before its question offered what to choose from, is not in it', async () => {
    const event = started();
    const id = 'asked-otherwise';
    const choice = event.event().questions.find(({ type }) => type === 'multi-choice');
    const [option] = choice?.options ?? [];
    if (choice === undefined || option === undefined) throw new Error('the forum offers nothing to choose from');
    const typed = await event.register('Typed');
    await event.change(typed, { answers: { [id]: 'Call me on +855 12 345 678' } });
    const chosen = await event.register('Chosen');
    await event.change(chosen, { answers: { [id]: [option.id] } });
    event.asks([{ ...choice, id }]);
    await event.make();
    const answers = new Map((await event.kept()).map((each) => [each.reference, each.answers]));
    expect(answers.get(typed.reference)).toEqual({});
    expect(answers.get(chosen.reference)).toEqual({ [id]: [option.id] });
  });
});

describe('once a minute', () => {
  it('leaves events for which there is no time to the next, however many have no index', async () => {
    const event = started();
    await event.registerMany(2);
    const [first, second] = [event.event().id, `${event.event().id}-other`];
    const made: string[] = [];
    const deps = {
      ...event.one,
      changedEvents: {
        of: async () => [first, second].map((eventId) => ({ eventId, revision: 1 })),
        settle: async () => {},
      } as never,
      readRules: async (id: string) => ({ ...event.event(), id }),
      people: {
        ...event.people,
        async write(id: string, place: string, ...rest: never[]) {
          if (place === RECENT) {
            made.push(id);
            event.pass(6 * SECOND);
          }
          return (event.people.write as (...all: unknown[]) => Promise<boolean>)(id, place, ...rest);
        },
      } as PeopleStore,
    };
    await indexPeople(deps);
    expect(made).toEqual([first]);
    event.pass(54 * SECOND);
    await indexPeople(deps);
    expect(made).toEqual([first, second]);
  });

  it('makes the index of an event that has none, and writes it anew where much changed, with half a unit to see it', async () => {
    const event = started();
    await event.registerMany(5);
    await indexPeople(event.one);
    expect(await event.kept()).toHaveLength(5);
    for (let minute = 0; minute < 16; minute += 1) {
      event.pass(60 * SECOND);
      await indexPeople(event.one);
    }
    const writtenAt = async () =>
      (await event.people.chunks(event.event().id, [RECENT], true))(RECENT).chunk?.writtenAt;
    const before = await writtenAt();
    await event.registerMany(160);
    for (let minute = 0; minute < 2; minute += 1) {
      event.pass(60 * SECOND);
      await indexPeople(event.one);
    }
    expect(await writtenAt()).not.toBe(before);
    expect(new Set((await event.kept()).map(({ reference }) => reference)).size).toBe(165);
    expect(await event.read(event.instance())).toEqual(event.wanted());
  });
});

it('agrees with registrations after whatever happened, in whatever order, with writers that fall or come late', async () => {
  const steps = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ does: fc.constant('register' as const), minor: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('register many' as const) }) },
      { weight: 6, arbitrary: fc.record({ does: fc.constant('change' as const), who: fc.nat() }) },
      { weight: 3, arbitrary: fc.record({ does: fc.constant('put right' as const), who: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('erase' as const), who: fc.nat(), done: fc.boolean() }) },
      {
        weight: 4,
        arbitrary: fc.record({
          does: fc.constant('keep' as const),
          falls: fc.option(fc.nat(90)),
          erases: fc.option(fc.nat(90)),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          does: fc.constant('make' as const),
          falls: fc.option(fc.nat(90)),
          erases: fc.option(fc.nat(90)),
        }),
      },
      { weight: 3, arbitrary: fc.record({ does: fc.constant('read' as const), anew: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('lose' as const), place: fc.nat(PLACES.length) }) },
      {
        weight: 3,
        arbitrary: fc.record({ does: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
      },
    ),
    { minLength: 5, maxLength: 50 },
  );
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(0, 40), async (all, lag) => {
      const event = started({
        async *changes(...asked) {
          const shown = new Date(event.system.now().getTime() - lag * SECOND).toISOString();
          for await (const { changed: found, cursor } of event.table.changes(...asked)) {
            yield { changed: found.filter(({ changedAt }) => changedAt <= shown), cursor };
          }
        },
      });
      const jobs: Job[] = [];
      const erase = async (who: number, isDone: boolean): Promise<void> => {
        const left = [...event.registrations.values()];
        const leaves = left[who % left.length];
        if (leaves === undefined) return;
        const job = await event.erase(leaves);
        if (isDone) await keepPeople(event.one, job);
        else jobs.push(job);
      };
      /** A writer that falls at a call of its store, or at one of whose calls a person is erased. */
      const writer = (falls: number | null, erases: number | null) => {
        let calls = 0;
        const people = Object.fromEntries(
          Object.entries(event.people as unknown as Record<string, (...asked: unknown[]) => Promise<unknown>>).map(
            ([name, work]) => [
              name,
              name === 'changes'
                ? work
                : async (...asked: unknown[]) => {
                    calls += 1;
                    if (calls === falls) throw new Error('fell');
                    const answer = await work(...asked);
                    if (calls === erases) await erase(calls, true);
                    return answer;
                  },
            ],
          ),
        );
        return { ...event.one, people: people as unknown as PeopleStore };
      };
      for (const step of all) {
        event.pass(1);
        const someone =
          'who' in step ? [...event.registrations.values()][step.who % (event.registrations.size || 1)] : undefined;
        if (step.does === 'register') await event.register('Some Person', step.minor);
        else if (step.does === 'register many') await event.registerMany(FEWEST_RECENT / 2 + 5);
        else if (step.does === 'pass') event.pass(step.seconds * SECOND);
        else if (step.does === 'keep') await event.keep(writer(step.falls, step.erases)).catch(() => undefined);
        else if (step.does === 'make') await event.make(writer(step.falls, step.erases)).catch(() => undefined);
        else if (step.does === 'lose') {
          const Key = peopleChunkKey(event.event().id, [RECENT, ...PLACES][step.place] ?? RECENT);
          await client.send(new DeleteCommand({ TableName: registry, Key }));
        } else if (step.does === 'read') {
          const read = await event.read(step.anew ? event.instance() : event.one);
          if (lag === 0) expect(read).toEqual(event.wanted());
        } else if (someone !== undefined && step.does === 'change') {
          await event.change(someone, { status: someone.status === 'confirmed' ? 'cancelled' : 'confirmed' });
        } else if (someone !== undefined && step.does === 'put right') {
          const isAdult = someone.ageBand === undefined;
          await event.change(someone, isAdult ? MINOR : { ageBand: undefined, minor: undefined });
        } else if (step.does === 'erase') await erase(step.who, step.done);
      }
      event.pass(lag * SECOND);
      expect(await event.read()).toEqual(event.wanted());
      expect(await event.read(event.instance())).toEqual(event.wanted());
      for (const job of jobs) await keepPeople(event.one, job);
      const left = (await event.kept()).filter(({ reference }) => !event.registrations.has(reference));
      expect(left).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

describe('at night', () => {
  /** Ten minutes into each quarter of an hour of a night in Jakarta and Phnom Penh, which is seven hours before UTC's. */
  const night = Array.from({ length: 32 }, (_, quarter) => NIGHT + quarter * 900 * SECOND);

  it('each chunk is compared with registrations, what differs is counted, and made anew', async () => {
    const event = started();
    expect(event.event().timeZone).toMatch(/^Asia\//);
    await event.registerMany(70);
    await event.make();
    const counted: unknown[] = [];
    const said = vi.spyOn(console, 'log').mockImplementation((line) => {
      const { PeopleDiffer } = JSON.parse(line);
      if (PeopleDiffer !== undefined) counted.push(PeopleDiffer);
    });
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const wholeNight = async () => {
      for (const at of night) {
        event.pass(at - event.system.now().getTime());
        await comparePeople(event.one);
      }
    };
    const jobs = async () =>
      ((await client.send(new ScanCommand({ TableName: parts.database.tables.outbox }))).Items ?? []).filter(
        ({ eventId, job }) => eventId === event.event().id && job === 'make-people',
      );
    await wholeNight();
    expect([counted, await jobs()]).toEqual([[], []]);

    // Three that the index cannot know: each in a chunk of its own, written around the index of changes.
    const [first, second, third] = [...event.registrations.values()].filter(
      ({ reference }, place, all) => all.findIndex((each) => chunkOf(each.reference) === chunkOf(reference)) === place,
    ) as [Registration, Registration, Registration];
    const around = (of: Registration, set: object) =>
      client.send(new PutCommand({ TableName: registry, Item: { ...toRegistrationItem(of, FAR_AWAY), ...set } }));
    await around(first, { status: 'declined' });
    await around(second, { fullName: 'Another Name' });
    await client.send(
      new DeleteCommand({ TableName: registry, Key: registrationKey(event.event().id, third.reference) }),
    );
    event.pass(DAY - (event.system.now().getTime() - (night[0] ?? 0)));
    for (const at of night) {
      event.pass(at + DAY - event.system.now().getTime());
      await comparePeople(event.one);
    }
    expect(counted).toEqual([1, 1, 1]);
    expect(warned).toHaveBeenCalledTimes(3);
    const [job, ...others] = await jobs();
    expect(others).toHaveLength(2);
    event.pass(SECOND);
    await makePeople(event.one, { ...job, createdAt: event.system.now().toISOString() } as never);
    const read = await event.read(event.instance());
    expect(read.map(({ reference }) => reference)).not.toContain(third.reference);
    expect(read.find(({ reference }) => reference === first.reference)).toMatchObject({ status: 'declined' });
    said.mockRestore();
    warned.mockRestore();
  });

  it('counts who left and is still there, and nobody who leaves at that moment', async () => {
    const event = started();
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const leaves = await event.register('Leaves');
    await event.make();
    event.pass((night[PLACES.indexOf(chunkOf(leaves.reference))] ?? 0) - event.system.now().getTime());
    const partition = async (...asked: Parameters<PeopleStore['partition']>) => {
      await event.erase(leaves);
      return event.people.partition(...asked);
    };
    await comparePeople({ ...event.one, people: { ...event.people, partition } });
    expect(warned).not.toHaveBeenCalled();
    // What takes them out of their chunk failed.
    event.pass(24 * 3600 * SECOND);
    await comparePeople(event.one);
    expect(warned).toHaveBeenCalledTimes(1);
    await event.make();
    expect(await event.kept()).toEqual([]);
    warned.mockRestore();
    said.mockRestore();
  });

  it('by day nothing is compared', async () => {
    const event = started();
    await event.registerMany(3);
    await event.make();
    const partition = vi.spyOn(event.one.people, 'partition');
    for (const hour of [0, 4, 8, 12]) {
      event.pass(Date.parse(`2027-03-02T${String(hour).padStart(2, '0')}:10:00.000Z`) - event.system.now().getTime());
      await comparePeople(event.one);
    }
    expect(partition).not.toHaveBeenCalled();
  });
});
