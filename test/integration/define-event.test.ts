import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvent } from '../../cli/event-file.ts';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { call } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { ask, auditOf, grantTeam, identityOf, type TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

async function open(id: string, changes: Partial<EventDefinition> = {}) {
  await parts.publish(forum({ id, ...changes }));
  await grantTeam(parts, id);
  const params = { eventId: id };
  const get = async (who: TeamMember = 'organiser') => (await ask(who, 'getDefinition', { params })).body;
  const send =
    (route: 'checkDefinition' | 'replaceDefinition') =>
    (body: unknown, language = 'en') =>
      ask('organiser', route, { params, body, query: { lang: language } });
  return { params, get, check: send('checkDefinition'), put: send('replaceDefinition') };
}

const published = async (eventId: string, lang = 'en') =>
  JSON.parse((await call('getEvent', { params: { eventId }, query: { lang } })).body ?? '');
const without = <Key extends keyof EventDefinition>(key: Key, { [key]: _, ...rest }: EventDefinition) => rest;

describe('the definition of an event, to its owners', () => {
  it('is what a file would say, and published again changes nothing', async () => {
    const { get, put, check } = await open('whole');
    const { version, definition } = await get();
    const read = readEvent(JSON.stringify(definition));
    expect([read.problems, read.definition]).toEqual([
      [],
      { ...forum({ id: 'whole', version }), quotas: definition.quotas },
    ]);
    expect((await check({ version, definition })).body).toEqual({ version, warnings: [], noLongerOffered: [] });
    expect(await put({ version, definition })).toMatchObject({ status: 200, body: { version } });
    expect(await auditOf(parts, 'whole')).toEqual([]);
  });

  it('is changed as a whole, in every language, and the audit names the parts', async () => {
    const { get, put } = await open('changed');
    const { version, definition } = await get();
    const [day, ...days] = definition.days;
    const title = { en: 'Another title', km: 'ចំណងជើងផ្សេង' };
    const wanted = {
      ...definition,
      title,
      days: [{ ...day, end: '21:30' }, ...days],
      questionGroups: [{ id: 'travel', readers: ['protocol'] }],
      questions: [...definition.questions, { id: 'flight', title, type: 'text', required: false, group: 'travel' }],
    };
    expect(await put({ version, definition: wanted })).toMatchObject({ status: 200, body: { version: version + 1 } });
    expect(await published('changed', 'km')).toMatchObject({ title: title.km, days: [{ end: '21:30' }, {}] });
    const after = (await get()).definition;
    expect(after.questions.at(-1)).toMatchObject({ id: 'flight', readers: ['protocol'] });
    expect(after.questionGroups).toBeUndefined();
    expect(await auditOf(parts, 'changed')).toEqual(['change-definition title, days, questions']);
    // Who sent it once more, since no answer came.
    expect(await put({ version, definition: wanted })).toMatchObject({ status: 200, body: { version: version + 1 } });
    expect(await auditOf(parts, 'changed')).toHaveLength(1);
  });

  it('is refused with all that is wrong, where it stands, and nothing is written', async () => {
    const { get, put, check } = await open('wrong');
    const { version, definition } = await get();
    const [day, ...days] = definition.days;
    const [quota, ...quotas] = definition.quotas;
    const wanted = {
      ...without('venue', definition),
      id: 'other',
      status: 'cancelled',
      titel: definition.title,
      days: [{ ...day, start: '9:00' }, ...days],
      quotas: [{ ...quota, when: { category: ['medai'] } }, ...quotas],
      title: { en: 'Only English' },
      secretariat: { ...definition.secretariat, email: '' },
    };
    for (const send of [check, put]) {
      const { status, body } = await send({ version, definition: wanted });
      expect([status, body.type]).toEqual([422, 'urn:plenary:problem:invalid-input']);
      const said = Object.fromEntries(
        body.errors.map((each: { path: string; message: string }) => [each.path, each.message]),
      );
      expect(said).toEqual({
        venue: 'Please answer this.',
        'secretariat.email': 'Please answer this.',
        titel: expect.stringContaining('there is no field "titel" here; did you mean "title"?'),
        'days.0.start': expect.stringContaining('write 09:00'),
        title: expect.stringContaining('lacks the language km'),
        'quotas.0.when.category.0': expect.stringContaining('there is no category "medai"'),
        id: expect.stringContaining('wrong'),
        status: expect.stringContaining('where its status is'),
      });
    }
    const khmer = await put({ version, definition: { ...definition, id: 'other' } }, 'km');
    expect(khmer.body.errors).toMatchObject([{ path: 'id', message: expect.stringContaining('លេខសម្គាល់ wrong') }]);
    const disordered = { ...definition, days: [day, { ...day, id: 'later', end: '00:00' }] };
    for (const { message } of (await put({ version, definition: disordered }, 'km')).body.errors)
      expect(message).not.toMatch(/later than|there is no day/);
    const deep = JSON.parse(`${'{"not":'.repeat(100)}{}${'}'.repeat(100)}`);
    const tooDeep = await put({ version, definition: { ...definition, certificate: deep } });
    expect(tooDeep.body.errors).toMatchObject([{ path: '', message: expect.stringContaining('nested too deeply') }]);
    expect((await put({ version, definition: [] })).body.errors).toMatchObject([{ path: 'definition' }]);
    expect(await get()).toEqual({ version, definition });
  });

  it('is said to have changed where another version is published, whatever else would be wrong with it', async () => {
    const { get, put, check, params } = await open('stale');
    const { version, definition } = await get();
    const body = { version, status: 'postponed' };
    expect((await ask('organiser', 'changeEventStatus', { params, body })).status).toBe(200);
    const status = 'scheduled';
    for (const wanted of [
      { ...definition, status },
      { ...definition, host: { en: 'H', km: 'H' } },
    ]) {
      const answers = await Promise.all([check, put].map((send) => send({ version, definition: wanted })));
      expect(answers).toMatchObject(
        Array(2).fill({ status: 409, body: { type: 'urn:plenary:problem:definition-changed' } }),
      );
    }
    // Where it says nothing of its status, that stays.
    const now = await get();
    const host = { en: 'Host', km: 'ម្ចាស់ផ្ទះ' };
    const kept = { ...without('status', now.definition), host };
    expect((await put({ version: now.version, definition: kept })).status).toBe(200);
    expect((await get()).definition).toEqual({ ...now.definition, host, version: now.version + 1 });
  });

  it('is changed by one of two owners at once', async () => {
    const { get, put } = await open('race');
    const { version, definition } = await get();
    const hosts = ['A', 'B'].map((name) => ({ en: name, km: name }));
    const answers = await Promise.all(hosts.map((host) => put({ version, definition: { ...definition, host } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await get()).version).toBe(version + 1);
  });

  it('leaves whom reports reach, and what they are promised, to the file', async () => {
    const { get, put } = await open('reports');
    const { version, definition } = await get();
    const { safeguarding } = definition;
    const email = 'own@reader.test';
    const paths = async (changed: object) =>
      (await put({ version, definition: changed })).body.errors?.map(({ path }: { path: string }) => path);
    const by = (changes: object) => ({ ...definition, safeguarding: { ...safeguarding, ...changes } });
    const { deputy } = safeguarding;
    expect(await paths(by({ email }))).toEqual(['safeguarding.email']);
    expect(await paths(by({ deputy: { ...deputy, email } }))).toEqual(['safeguarding.deputy']);
    expect(await paths(by({ deputy: { ...deputy, name: { ...deputy.name, en: 'Other' } } }))).toEqual([
      'safeguarding.deputy',
    ]);
    const { minors: _, ...adults } = {
      ...definition,
      categories: definition.categories.map(({ minors: __, ...each }: { minors: boolean }) => each),
    };
    expect(await paths(without('safeguarding', adults as EventDefinition))).toContain('safeguarding');
    expect(await put({ version, definition: by({ phone: '+855 23 000 001' }) })).toMatchObject({ status: 200 });
    expect((await get()).definition.safeguarding).toEqual({ ...safeguarding, phone: '+855 23 000 001' });
  });

  it('opens registration by no other way: while nobody would read reports, it is refused', async () => {
    const id = 'shut';
    const { registration } = forum();
    await parts.publish(forum({ id, registration: { ...registration, closed: true } }));
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await grantRoles(
      { eventId: id, identity: identityOf('organiser'), label: 'Owner', grants: [{ role: 'organiser' }] },
      deps,
    );
    const params = { eventId: id };
    const { version, definition } = (await ask('organiser', 'getDefinition', { params })).body;
    const wanted = { ...definition, registration };
    const { status, body } = await ask('organiser', 'replaceDefinition', {
      params,
      body: { version, definition: wanted },
    });
    expect([status, body.errors[0].path]).toEqual([422, 'registration.opensAt']);
  });

  it('tells what people can choose no more, and warns of what is hardly meant', async () => {
    const { get, put, check } = await open('dropped');
    const { version, definition } = await get();
    const [first, ...others] = (definition as EventDefinition).categories;
    const gone = { part: 'categories', id: 'un-entity', shown: 'un-entity' };
    const rivers = { code: 'XB', title: { en: 'Rivers', km: 'ទន្លេ' } };
    const wanted = {
      ...definition,
      categories: [{ ...first, trustedDomains: ['gmail.com'] }, ...others.filter(({ id }) => id !== gone.id)],
      registration: { ...definition.registration, opensAt: '2027-01-01T00:00:00+09:00' },
      countries: { added: [rivers] },
    };
    const { status, body } = await check({ version, definition: wanted });
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(body.warnings.map(({ path }: { path: string }) => path)).toEqual([
      'registration.opensAt',
      'categories.0.trustedDomains.0',
    ]);
    expect(body.noLongerOffered).toMatchObject([gone]);
    expect((await put({ version, definition: wanted })).status).toBe(200);
    // A place that was added keeps its name, for those who chose it.
    const now = await get();
    const { countries: _, ...fewer } = now.definition;
    expect((await put({ version: now.version, definition: fewer })).status).toBe(200);
    expect((await get()).definition.countries).toEqual({ added: [rivers], leftOut: [rivers.code] });
  });

  it('has no days in the past or far ahead, by a year that was mistyped', async () => {
    const { get, put } = await open('mistyped');
    const { version, definition } = await get();
    const [first, second] = definition.days;
    const refused = async (...dates: string[]) => {
      const days = [first, second].map((day, at) => ({ ...day, date: dates[at] }));
      const { body } = await put({ version, definition: { ...definition, days } });
      return body.errors?.filter(({ path }: { path: string }) => path === 'days.0.date').length;
    };
    expect(await refused('2020-11-02', '2020-11-03')).toBe(1);
    expect(await refused(first.date, '2072-11-03')).toBe(1);
    expect(await refused(first.date, '2027-11-04')).toBeUndefined();
  });

  it('PW2: refuses a consent in other words under the version to which people agreed', async () => {
    const { get, check } = await open('reworded');
    const { version, definition } = await get();
    const [consent, ...others] = (definition as EventDefinition).consents;
    const [asked, ...rest] = (definition as EventDefinition).minors?.consents ?? [];
    const warned = async (changes: object) => {
      const wanted = {
        ...definition,
        consents: [{ ...consent, ...changes }, ...others],
        minors: { ...definition.minors, consents: [{ ...asked, ...changes }, ...rest] },
      };
      const { body } = await check({ version, definition: wanted });
      return (body.errors ?? body.warnings).map(({ path }: { path: string }) => path);
    };
    const places = ['consents.0.version', 'minors.consents.0.version'];
    expect(await warned({ agreement: { ...consent?.agreement, en: 'I agree to all of it' } })).toEqual(places);
    expect(await warned({ points: [] })).toEqual(places);
    expect(await warned({ points: [], version: 'another' })).toEqual([]);
    expect(await warned({})).toEqual([]);
  });

  it('moves what is kept and tells everyone where its days move, as a file does', async () => {
    const { get, put } = await open('moved');
    const { version, definition } = await get();
    const days = definition.days.map((day: { date: string }) => ({ ...day, date: day.date.replace('2027', '2028') }));
    expect((await put({ version, definition: { ...definition, days } })).status).toBe(200);
    const written = (await scan(parts, 'outbox')).filter(({ eventId }) => eventId === 'moved');
    expect(written.map(({ job, kind }) => job ?? kind)).toEqual(expect.arrayContaining(['keep', 'announce']));
  });

  it('is nothing for anybody else', async () => {
    const { params } = await open('others');
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await grantRoles(
      { eventId: 'others', identity: identityOf('viewer'), label: 'Staff', grants: [{ role: 'staff' }] },
      deps,
    );
    const body = { version: 1, definition: {} };
    for (const who of ['viewer', 'safeguarding', 'thailand', 'deputy'] as const) {
      const answers = [
        await ask(who, 'getDefinition', { params }),
        await ask(who, 'checkDefinition', { params, body }),
        await ask(who, 'replaceDefinition', { params, body }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    }
  });

  it('keeps the seats that are taken, and has its counters follow', async () => {
    const quotas = [{ id: 'room', capacity: 60, shards: 3, title: { en: 'Room', km: 'បន្ទប់' } }];
    const { get, put, params } = await open('seats', { quotas });
    const { version, definition } = await get();
    const fewer = [{ id: 'room', title: quotas[0]?.title, capacity: 4 }];
    expect((await put({ version, definition: { ...definition, quotas: fewer } })).status).toBe(200);
    expect((await get()).definition.quotas).toMatchObject([{ capacity: 4, shards: 3 }]);
    expect((await ask('organiser', 'getQuotas', { params })).body.quotas).toMatchObject([{ capacity: 4, taken: 0 }]);
  });
});
