import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { NOTED_TOGETHER } from '../../shared/event/job.store.ts';
import { fromPeopleChunkItem, PLACES } from '../../shared/registration/people/people.store.ts';
import { personRow, rowsIn } from '../../shared/registration/people/person.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam, type TeamMember } from '../support/team.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const load = (who: TeamMember, eventId: string, query: Record<string, string> = {}) =>
  ask(who, 'loadPeople', { params: { eventId }, query });

/** What a console does: all pages, then what changed, and everything anew where it comes to another number. */
function reader(who: TeamMember, eventId: string) {
  const known = new Map<string, ReturnType<typeof rowsIn>[number]>();
  const state = { cursor: '', loads: 0 };
  const take = (people: Parameters<typeof rowsIn>[0]) => {
    for (const each of rowsIn(people)) {
      if ((known.get(each.reference)?.revision ?? 0) < each.revision) known.set(each.reference, each);
    }
  };
  const loadAll = async () => {
    state.loads += 1;
    known.clear();
    let { status, body } = await load(who, eventId);
    expect(status).toBe(200);
    take(body.people);
    state.cursor = body.cursor;
    while (body.next !== undefined) {
      ({ body } = await load(who, eventId, { after: body.next, cursor: state.cursor }));
      take(body.people);
    }
  };
  return {
    known,
    state,
    loadAll,
    async follow() {
      const { status, body } = await load(who, eventId, { cursor: state.cursor });
      expect(status).toBe(200);
      take(body.people);
      state.cursor = body.cursor;
      if (known.size !== body.total) await loadAll();
      return [...known.values()].map(({ fullName, status: stands }) => `${fullName}: ${stands}`).sort();
    },
  };
}

describe('RE11: who registered, as a member of the team loads and follows it', () => {
  it('is everyone with all that lists use, then what changed, and who was erased is gone within a look', async () => {
    const event = await openEvent(parts, 'loaded', { questions: forum().questions });
    await grantTeam(parts, event.id);
    const sent = submission({});
    for (const [email, country] of [
      ['th@example.org', 'TH'],
      ['la@example.org', 'LA'],
      ['kh@example.org', 'KH'],
    ] as const) {
      await event.register(email, { ...sent, email, country, fullName: `From ${country}` });
    }
    const [organiser, thailand] = [reader('organiser', event.id), reader('thailand', event.id)];
    await organiser.loadAll();
    await thailand.loadAll();
    const { registrations } = await readRegistry(parts, event.id);
    const { rules } = splitTexts(forum({ id: event.id }));
    const wanted = registrations.map((each) => personRow(rules, each));
    expect([...organiser.known.values()].sort((a, b) => a.reference.localeCompare(b.reference))).toEqual(
      JSON.parse(JSON.stringify(wanted)).sort((a: { reference: string }, b: { reference: string }) =>
        a.reference.localeCompare(b.reference),
      ),
    );
    expect([...thailand.known.values()].map(({ fullName }) => fullName)).toEqual(['From TH']);

    await event.press('la@example.org', 'cancel');
    expect(await organiser.follow()).toEqual(['From KH: confirmed', 'From LA: cancelled', 'From TH: confirmed']);
    expect(await thailand.follow()).toEqual(['From TH: confirmed']);
    expect([organiser.state.loads, thailand.state.loads]).toEqual([1, 1]);

    await event.press('th@example.org', 'erase', [['confirm', 'yes']]);
    expect((await readRegistry(parts, event.id)).registrations).toHaveLength(2);
    expect(await organiser.follow()).toEqual(['From KH: confirmed', 'From LA: cancelled']);
    expect(await thailand.follow()).toEqual([]);
    await event.doJobs();
    expect(await organiser.follow()).toEqual(['From KH: confirmed', 'From LA: cancelled']);
  });

  it('is in an index that is made in the minute after many registered, for that was noted', async () => {
    const event = await openEvent(parts, 'index-noted');
    await grantTeam(parts, event.id);
    const noted = async () =>
      (await scan(parts, 'registry', { partitions: ['CHANGED-EVENT#people'] })).map(({ sk }) => sk);
    for (let n = 1; n <= NOTED_TOGETHER; n += 1) {
      expect(await noted()).toEqual([]);
      await event.register(`p${n}@index.example.org`);
    }
    expect(await noted()).toEqual([event.id]);
    const { handler } = await import('../../functions/housekeeping/index.ts');
    await asFunction('housekeeping', () => handler(DO_DUE_JOBS));
    expect(await noted()).toEqual([]);
    const chunks = await scan(parts, 'registry', { partitions: PLACES.map((place) => `PEOPLE#${event.id}#${place}`) });
    const known = chunks.flatMap((item) => fromPeopleChunkItem(item)?.people ?? []).map(({ reference }) => reference);
    const { registrations } = await readRegistry(parts, event.id);
    expect(known.sort()).toEqual(registrations.map(({ reference }) => reference).sort());
  });

  it('is noted as an export is: who, how many, which columns; so is what follows a cursor, if anything', async () => {
    const event = await openEvent(parts, 'noted', { questions: forum().questions });
    await grantTeam(parts, event.id);
    await event.register('one@example.org', submission({ email: 'one@example.org', country: 'TH' }));
    await event.register('two@example.org', submission({ email: 'two@example.org', country: 'LA' }));
    for (const who of ['organiser', 'laos'] as const) {
      const read = reader(who, event.id);
      await read.loadAll();
      await read.follow();
      await read.follow();
    }
    const noted = (await scan(parts, 'audit', { having: { eventId: event.id } })).filter(
      ({ action }) => action === 'load-people',
    );
    // A console that follows is told of them again for a minute: that is one look more, and no further one.
    expect(noted.map(({ people }) => people).sort()).toEqual([1, 1, 2, 2]);
    // One who changed is counted as well, whoever made the cursor.
    const ago = new Date(Date.now() - 600_000).toISOString();
    for (let again = 0; again < 3; again += 1) {
      const asked = await load('thailand', event.id, { cursor: ago });
      expect(rowsIn(asked.body.people)).toHaveLength(1);
    }
    const after = (await scan(parts, 'audit', { having: { eventId: event.id } })).filter(
      ({ action }) => action === 'load-people',
    );
    expect(after.map(({ people }) => people).sort()).toEqual([1, 1, 1, 2, 2]);
    expect(new Set(noted.map(({ by }) => by)).size).toBe(2);
    for (const { columns } of noted)
      expect(columns).toEqual(expect.arrayContaining(['reference', 'fullName', 'status']));
  });

  it('is noted also where it does not begin at the beginning, or follows what nobody follows any more', async () => {
    const event = await openEvent(parts, 'noted-always');
    await grantTeam(parts, event.id);
    await event.register('one@example.org');
    await event.register('two@example.org');
    const { body } = await load('organiser', event.id);
    const [first = ''] = rowsIn(body.people).map(({ reference }) => reference);
    const noted = async () =>
      (await scan(parts, 'audit', { having: { eventId: event.id } }))
        .filter(({ action }) => action === 'load-people')
        .map(({ people }) => people);
    expect(await noted()).toEqual([2]);
    for (const [query, handed] of [
      [{ after: '0000000000' }, 2],
      [{ after: first, cursor: body.cursor }, 1],
      [{ cursor: '1970-01-01T00:00:00.000Z' }, 2],
      [{ cursor: new Date(Date.now() - 3_600_000).toISOString() }, 2],
    ] as const) {
      const before = await noted();
      const answer = await load('organiser', event.id, query);
      expect(rowsIn(answer.body.people), JSON.stringify(query)).toHaveLength(handed);
      expect((await noted()).length, JSON.stringify(query)).toBe(before.length + 1);
    }
    // A place that is yet to come, or that is none of time, tells of nobody, and leads back to now.
    for (const cursor of ['9999-12-31T23:59:59.999Z', '2027-99-99T99:99:99.999Z#ZZZZZZZZZZ']) {
      const before = await noted();
      const asked: Record<string, string>[] = [{ cursor }, { cursor, after: 'ZZZZZZZZZZ' }];
      for (const query of asked) {
        const { body: told } = await load('organiser', event.id, query);
        expect([rowsIn(told.people), told.next, told.cursor < cursor], cursor).toEqual([[], undefined, true]);
      }
      expect((await noted()).slice(before.length)).toEqual([0]);
    }
    for (const more of [1, 0]) {
      const before = await noted();
      expect((await load('organiser', event.id, { cursor: body.cursor })).status).toBe(200);
      expect((await noted()).length).toBe(before.length + more);
    }
  });

  it('names nobody under 18 to anyone, and nothing that chunks alone hold, though the server counts both', async () => {
    const event = await openEvent(parts, 'loaded-young', { questions: forum().questions });
    await grantTeam(parts, event.id);
    await event.register('adult@example.org', submission({ email: 'adult@example.org', country: 'TH' }));
    await event.register('young@example.org', submission({ email: 'young@example.org', country: 'TH' }));
    const [adult, young] = [
      await event.registrationOf('adult@example.org'),
      await event.registrationOf('young@example.org'),
    ];
    const put = (before: Registration, changes: Partial<Registration>) =>
      parts.database.client.send(
        new PutCommand({
          TableName: parts.database.tables.registry,
          Item: toRegistrationItem({ ...before, ...changes, revision: before.revision + 1 }, 4_000_000_000),
        }),
      );
    await put(adult, { chaperoning: { acceptedAt: adult.submittedAt, minors: { [young.reference]: true } } });
    await put(young, { ageBand: 'minor', minor: { chaperone: { reference: adult.reference, days: [] } } });
    const { readPeople } = await import('../../shared/registration/people/people.case.ts');
    const { realDeps } = await import('../../functions/organiser/index.ts');
    const { rules } = splitTexts(forum({ id: event.id }));
    const known = await asFunction('organiser', () => readPeople(realDeps(), rules as never));
    expect([known.people.size, [...known.minors.keys()]]).toEqual([1, [young.reference]]);
    const { ticket } = known.people.get(adult.reference) ?? {};
    expect(ticket).toMatch(/^[\w-]{22}$/);
    const replies: string[] = [];
    const reaches = new Map<string, string>();
    for (const who of ['organiser', 'vettedOrganiser', 'thailand'] as const) {
      const first = await load(who, event.id);
      expect(first.body.total, who).toBe(1);
      reaches.set(who, first.body.reach);
      expect((await load(who, event.id)).body.reach).toBe(first.body.reach);
      replies.push(JSON.stringify(first.body));
      const asked: Record<string, string>[] = [
        { cursor: first.body.cursor },
        { after: '0000000000' },
        { cursor: '1970-01-01T00:00:00.000Z' },
      ];
      for (const query of asked) {
        replies.push(JSON.stringify((await load(who, event.id, query)).body));
      }
    }
    expect(reaches.get('thailand')).not.toBe(reaches.get('organiser'));
    expect(replies).toHaveLength(12);
    for (const reply of replies) {
      for (const hidden of [young.reference, ticket, 'chaperoning', 'throughCoordinator', 'groups']) {
        expect(reply).not.toContain(hidden);
      }
    }
    expect(replies.filter((reply) => reply.includes(adult.reference)).length).toBeGreaterThan(6);
  });

  it('is told to be another reach once a grant is gone that showed nobody, and opened answers to its holder', async () => {
    const readers = ['safeguarding', 'protocol'];
    const title = { en: 'School', km: 'សាលា' };
    const school = { id: 'school', type: 'organisation', required: false, readers, title } as const;
    const event = await openEvent(parts, 'opened-answers', { questions: [school] });
    const email = 'who@example.org';
    await event.register(email, submission({ email, answers: { school: 'answered-4711' } }));
    const { loadPeople } = await import('../../shared/registration/people/people.case.ts');
    const { realDeps } = await import('../../functions/organiser/index.ts');
    const asked = { params: { eventId: event.id }, query: {}, language: 'en' } as never;
    const loadedWith = async (...grants: object[]) =>
      (
        (await asFunction('organiser', () =>
          loadPeople(realDeps())(asked, { id: 'm', ticks: ['see-people'], grants } as never),
        )) as never as { body: { reach: string } }
      ).body;
    const [lead, vetted] = [{ role: 'desk-lead' }, { role: 'safeguarding', vettedUntil: '2099-12-31' }];
    const [before, after] = [await loadedWith(lead, vetted), await loadedWith(lead)];
    expect([before, after].map((each) => JSON.stringify(each).includes('answered-4711'))).toEqual([true, false]);
    expect(after.reach).not.toBe(before.reach);
    expect((await loadedWith(lead, { role: 'viewer' })).reach).toBe(after.reach);
  });

  it('is nothing for who has another role, and is refused for a cursor that is none', async () => {
    const event = await openEvent(parts, 'refused');
    await grantTeam(parts, event.id);
    for (const who of ['care', 'safeguarding', 'deputy'] as const) {
      expect((await load(who, event.id)).status, who).toBe(403);
    }
    const wrong: Record<string, string>[] = [
      { cursor: 'x' },
      { cursor: '2027-03-01T08:00:00.000Z#' },
      { after: '../..' },
    ];
    for (const query of wrong) {
      expect((await load('organiser', event.id, query)).status, JSON.stringify(query)).toBe(422);
    }
  });

  it('comes in pages of which none is lost where people come and go between them', async () => {
    const event = await openEvent(parts, 'in-pages');
    await grantTeam(parts, event.id);
    const { loadPeople } = await import('../../shared/registration/people/people.case.ts');
    const { realDeps } = await import('../../functions/organiser/index.ts');
    const { system } = realDeps();
    await event.register('p0@example.org');
    const model = await event.registrationOf('p0@example.org');
    const { makeReference } = await import('../../shared/kernel/text/reference.ts');
    const many = Array.from({ length: 5_100 }, () => ({ ...model, reference: makeReference(system.random(9)) }));
    const { shapeOf } = await import('../../shared/registration/people/person.ts');
    const { rules } = splitTexts(forum({ id: event.id, questions: [] }));
    const rows = new Map(many.map((each) => [each.reference, personRow(rules, each) as never]));
    const cursor = new Date(system.now().getTime() + 3_600_000).toISOString();
    const goneUpTo = system.now().toISOString();
    const known = (people: typeof rows) => ({
      ...{ shape: shapeOf(rules), people, minors: new Map(), cursor, goneUpTo },
      ...{ isMadeUp: false, orders: new Map() },
    });
    const deps = { ...realDeps(), peopleMemory: new Map([[event.id, known(rows)]]) };
    const caller = { id: 'm', grants: [{ role: 'organiser' }] } as never;
    const page = async (query: object, using = deps) => {
      const wanted = { params: { eventId: event.id }, query, language: 'en' } as never;
      const reply = (await asFunction('organiser', () => Promise.resolve(loadPeople(using)(wanted, caller)))) as {
        body: { people: Parameters<typeof rowsIn>[0]; next?: string; total: number };
      };
      return reply.body;
    };
    const seen: string[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      const body = await page(next === undefined ? {} : { after: next, cursor });
      seen.push(...rowsIn(body.people).map(({ reference }) => reference));
      next = body.next;
      pages += 1;
      // One of those who are still to come leaves.
      if (pages === 1) {
        const leaves = [...rows.keys()].sort().at(-1) ?? '';
        rows.delete(leaves);
        deps.peopleMemory.set(event.id, known(rows));
      }
    } while (next !== undefined);
    expect(pages).toBe(3);
    expect(seen).toEqual([...rows.keys()].sort());
    // More than a page is no answer to what changed: it begins anew, in pages.
    const behind = new Date(system.now().getTime() - 600_000).toISOString();
    const all = await page({ cursor: behind });
    expect(rowsIn(all.people)).toHaveLength(2_500);
    expect(all).toMatchObject({ total: rows.size, next: expect.any(String) });
    // A member who makes a cursor up, and never loaded a page, is noted all the same.
    const noted = async () =>
      (await scan(parts, 'audit', { having: { eventId: event.id } })).map(({ people }) => Number(people));
    for (const [changed, counted] of [
      [0, []],
      [1, [1]],
      // One of them is counted already.
      [27, [26]],
    ] as const) {
      const before = await noted();
      deps.peopleMemory.set(event.id, known(new Map([...rows].slice(0, changed))));
      expect((await page({ cursor: behind })).people).toMatchObject({ size: changed });
      const added = (await noted()).filter((people) => !before.includes(people));
      expect(added).toEqual(counted);
    }
    // Where a look cannot be noted, nobody is told of it; the next one is noted.
    let failures = 1;
    const unsteady: typeof deps = {
      ...deps,
      write: async (items) => {
        failures -= 1;
        if (failures >= 0) throw new Error('the audit cannot be written');
        return deps.write(items);
      },
    };
    deps.peopleMemory.set(event.id, known(new Map([...rows].slice(30, 72))));
    const unnoted = (await noted()).length;
    await expect(page({ cursor: behind }, unsteady)).rejects.toThrow();
    expect((await page({ cursor: behind }, unsteady)).people).toMatchObject({ size: 42 });
    expect((await noted()).slice(0, unnoted)).not.toContain(42);
    expect(await noted()).toContain(42);
    // Nothing changed for long: a reader who follows is still no one who begins anew.
    const late = { ...deps.system, now: () => new Date(system.now().getTime() + 7_200_000) };
    deps.peopleMemory.set(event.id, known(new Map([...rows].slice(0, 2))));
    const followed = { params: { eventId: event.id }, query: {}, language: 'en' } as never;
    const at = async (query: object) =>
      (
        (await asFunction('organiser', () =>
          Promise.resolve(loadPeople({ ...deps, system: late })({ ...(followed as object), query } as never, caller)),
        )) as { body: { cursor: string; people: Parameters<typeof rowsIn>[0] } }
      ).body;
    const { cursor: told } = await at({});
    expect(rowsIn((await at({ cursor: told })).people)).toEqual([]);
  });
});

describe('AU8: numbers for a viewer', () => {
  it('are of adults and minors, name nobody, and are open to no one who holds another role', async () => {
    const event = await openEvent(parts, 'numbers', { questions: forum().questions });
    const { modes, quotas } = forum();
    await grantTeam(parts, event.id);
    const from = (country: string, from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => ({ country, email: `n${from + at}@numbers.example.org` }));
    const all = [...from('TH', 0, 11), ...from('LA', 11, 13)];
    for (const { country, email } of all) await event.register(email, submission({ email, country }));
    // One of eleven is under 18, and counted like all others.
    const young = await event.registrationOf('n0@numbers.example.org');
    const Item = toRegistrationItem({ ...young, ageBand: 'minor', revision: young.revision + 1 }, 4_000_000_000);
    await parts.database.client.send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
    const shown = await ask('viewer', 'showNumbers', { params: { eventId: event.id } });
    expect(shown.status).toBe(200);
    const { registered, came, tables } = shown.body as {
      readonly registered?: number;
      readonly came?: number;
      readonly tables: readonly { about: string; isWithheld: boolean; rows: readonly Record<string, unknown>[] }[];
    };
    expect([registered, came]).toEqual([10, undefined]);
    const rows = Object.fromEntries(tables.map((table) => [table.about, table.rows]));
    expect(rows['country']).toEqual([{ id: 'TH', people: 10 }, { id: 'others' }]);
    // The seats of those who come in person are called by the same id.
    const [room, seats] = [modes, quotas].map((all) => all.find(({ id }) => id === 'in-person')?.title.en);
    expect([room, seats]).toEqual(['In person, in Phnom Penh', 'Seats in Phnom Penh']);
    expect(rows['mode']).toContainEqual({ id: 'in-person', title: room, people: 10 });
    expect(rows['came-mode']).toContainEqual({ id: 'in-person', title: room });
    expect(rows['quota']).toContainEqual(expect.objectContaining({ id: 'in-person', title: seats }));
    expect(rows['quota']?.every(({ capacity }) => Number(capacity) > 0)).toBe(true);
    for (const hidden of ['LA', young.reference, young.fullName, 'n0@'])
      expect(JSON.stringify(shown.body)).not.toContain(hidden);
    expect((await load('viewer', event.id)).status).toBe(403);
    for (const who of ['thailand', 'care', 'safeguarding', 'deputy'] as const)
      expect((await ask(who, 'showNumbers', { params: { eventId: event.id } })).status, who).toBe(403);
  });
});
