import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob } from '../../shared/jobs.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call } from '../support/call.ts';
import { fallible, tooFast, WHERE } from '../support/fallible.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, registrationBy, scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, listed, type TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const SPEAKS = 'aaaaaaaa';
const HOSTS = 'bbbbbbbb';

/** An event with people in it, and what its team does with tags. */
async function opened(id: string) {
  const event = await openEvent(parts, id, { quotas: [] });
  await grantTeam(parts, id);
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const params = { eventId: id };
  const write = (tagId: string, name: string, purpose = 'To test', who: TeamMember = 'organiser') =>
    ask(who, 'writeTag', { params: { ...params, tagId }, body: { name, purpose } });
  const jobs = async (): Promise<string[]> =>
    (await scan(parts, 'outbox', { having: { eventId: id, job: 'drop-tag' } })).map((job) => String(job['id']));
  return {
    ...event,
    params,
    write,
    jobs,
    names: async (): Promise<string[]> =>
      (await ask('organiser', 'listTags', { params })).body.tags.map(({ name }: { name: string }) => name),
    remove: (tagId: string) => ask('organiser', 'removeTag', { params: { ...params, tagId } }),
    enter: async (name: string, sent: Record<string, unknown> = {}): Promise<Registration> => {
      await event.register(`${name}@${id}.example.org`, sent);
      return event.registrationOf(`${name}@${id}.example.org`);
    },
    tag: ({ reference }: Registration, body: unknown, who: TeamMember = 'organiser') =>
      ask(who, 'changeTags', { params: { ...params, reference }, body }),
    now: async ({ reference }: Registration) => registrationBy(parts, id, reference),
    /** Gives a registration other attributes, whatever the rules say. */
    put: async ({ reference }: Registration, attributes: Partial<Registration>) => {
      const client = documentClient(parts.database.client);
      const TableName = parts.database.tables.registry;
      const { Item } = await client.send(new GetCommand({ TableName, Key: registrationKey(id, reference) }));
      await client.send(new PutCommand({ TableName, Item: { ...Item, ...attributes } }));
    },
    /** An instance of housekeeping that falls at its n-th call, or never. @returns whether it lived */
    drop: async (fallsAt?: number): Promise<boolean> => {
      const { meet, isDead } = fallible(fallsAt === undefined ? {} : { [fallsAt]: 'crash before' });
      const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
      dynamodb.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
      const deps = realDeps(documentClient(dynamodb));
      return asFunction('housekeeping', async () => {
        for (const job of await jobs()) {
          try {
            await doJob(deps, job);
          } catch (error) {
            if (!isDead()) throw error;
            return false;
          }
        }
        return true;
      });
    },
  };
}

describe('the list of tags', () => {
  it('is written by owners alone, read by members who see people, and noted', async () => {
    const event = await opened('tag-list');
    expect((await event.write(SPEAKS, 'Speaks', 'Who is asked for slides', 'thailand')).status).toBe(403);
    const { status, body } = await event.write(SPEAKS, ' Speaks ', 'Who is asked for slides');
    expect([status, body]).toEqual([
      200,
      { tags: [{ id: SPEAKS, name: 'Speaks', purpose: 'Who is asked for slides' }] },
    ]);
    await event.write(SPEAKS, 'Speaks', 'Who is asked for slides');
    await event.write(SPEAKS, 'SPEAKS', 'Who is asked for slides');
    expect(await event.names()).toEqual(['SPEAKS']);
    const { params } = event;
    expect((await ask('thailand', 'listTags', { params })).body.tags).toHaveLength(1);
    expect((await ask('care', 'listTags', { params })).status).toBe(403);
    expect(await auditOf(parts, event.id)).toEqual([`write-tag ${SPEAKS}`, `write-tag ${SPEAKS}`]);
  });

  it('takes no two names that are alike, nothing blank, too long or of several lines, and 40 at most', async () => {
    const event = await opened('tag-names');
    expect((await event.write(SPEAKS, 'Straße 1 é', 'x')).status).toBe(200);
    for (const alike of ['strasse 1 é', 'STRASSE 1 e\u0301', 'Straße １ é', 'Stra\u200Dße  1 é']) {
      const { status, body } = await event.write(HOSTS, alike, 'x');
      expect([alike, status, body.errors]).toMatchObject([alike, 422, [{ path: 'name', code: 'does-not-fit' }]]);
    }
    const inKhmer = {
      params: { ...event.params, tagId: HOSTS },
      body: { name: 'STRASSE 1 é', purpose: 'x' },
      query: { lang: 'km' },
    };
    const [{ message }] = (await ask('organiser', 'writeTag', inKhmer)).body.errors;
    expect(message.replace('Straße 1 é', '')).toMatch(/^[^a-z]+មានសញ្ញាសម្គាល់ «» រួចហើយ។$/i);
    for (const [name, purpose, path] of [
      ['', 'x', 'name'],
      [' \u200B ', 'x', 'name'],
      ['a\nb', 'x', 'name'],
      ['x'.repeat(41), 'x', 'name'],
      ['a', '  ', 'purpose'],
      ['a', 'x'.repeat(201), 'purpose'],
    ] as const) {
      const { status, body } = await event.write(HOSTS, name, purpose);
      expect([name, purpose, status, body.errors?.[0]?.path]).toEqual([name, purpose, 422, path]);
    }
    expect((await event.write('UPPER', 'a', 'x')).status).toBe(422);
    expect((await event.write(HOSTS, '=1+1', '@SUM(A1)')).status, 'files make it harmless').toBe(200);
    for (let n = 3; n <= 40; n += 1) expect((await event.write(`t${1000000 + n}`, `tag ${n}`)).status).toBe(200);
    expect((await event.write('zzzzzzzz', 'one more')).body.errors).toMatchObject([{ path: 'name' }]);
    expect((await event.write(HOSTS, 'renamed')).status, 'of 40 one can still be renamed').toBe(200);
    expect(await event.names()).toHaveLength(40);
  });

  it('loses nothing of owners who write at once', async () => {
    const event = await opened('tag-race');
    const ids = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'];
    const answers = await Promise.all(ids.map((id) => event.write(id, `tag ${id}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await event.names()).sort()).toEqual(ids.map((id) => `tag ${id}`));
    for (let n = 5; n <= 39; n += 1) expect((await event.write(`t${1000000 + n}`, `tag ${n}`)).status).toBe(200);
    const last = await Promise.all(['yyyyyyyy', 'zzzzzzzz'].map((id) => event.write(id, `last ${id}`)));
    expect(last.map(({ status }) => status).sort(), 'of two windows at the last place one writes').toEqual([200, 422]);
    const alike = await Promise.all(['t1000005', 't1000006'].map((id) => event.write(id, 'The same')));
    expect(alike.map(({ status }) => status).sort(), 'of two that are alike one is').toEqual([200, 422]);
    expect(await event.names()).toHaveLength(40);
  });
});

describe('the tags of a person', () => {
  it('are of the list, and two members who set different ones at once set both', async () => {
    const event = await opened('tag-set');
    const person = await event.enter('one', { country: 'TH' });
    expect((await event.tag(person, { set: [SPEAKS] })).body.errors).toMatchObject([{ path: 'set.0' }]);
    await event.write(SPEAKS, 'Speaks');
    await event.write(HOSTS, 'Hosts');
    const [a, b] = await Promise.all([
      event.tag(person, { set: [SPEAKS] }),
      event.tag(person, { set: [HOSTS] }, 'thailand'),
    ]);
    expect([a.status, b.status]).toEqual([200, 200]);
    expect((await event.now(person))?.tags).toEqual([SPEAKS, HOSTS]);
    const revision = (await event.now(person))?.revision;
    expect((await event.tag(person, { set: [SPEAKS], unset: ['cccccccc'] })).body.tags).toEqual([SPEAKS, HOSTS]);
    expect((await event.now(person))?.revision, 'the same again changes nothing').toBe(revision);
    expect((await event.tag(person, { unset: [HOSTS] })).body.tags).toEqual([SPEAKS]);
    expect((await event.tag(person, { set: [HOSTS] }, 'laos')).status, 'beyond reach').toBe(404);
    expect((await event.tag(person, { set: [HOSTS] }, 'care')).status).toBe(403);
    expect((await event.kindsTo(person.email)).slice(1), 'nobody is mailed').toEqual([]);
    expect(await listed('organiser', event.id)).toMatchObject([{ tags: [SPEAKS] }]);
    expect((await auditOf(parts, event.id)).filter((each) => each.startsWith('tag '))).toHaveLength(3);
  });

  it('are for adults alone, in nothing that they hold, and gone with another person or the end of their data (CS18)', async () => {
    const event = await opened('tag-own');
    await event.write(SPEAKS, 'A word of the team');
    const [young, own, other] = [await event.enter('young'), await event.enter('own'), await event.enter('other')];
    await event.put(young, { ageBand: 'minor' });
    for (const who of ['vettedOrganiser', 'organiser'] as const) {
      expect((await event.tag(young, { set: [SPEAKS] }, who)).status).toBe(who === 'organiser' ? 404 : 409);
    }
    for (const each of [own, other]) expect((await event.tag(each, { set: [SPEAKS] })).status).toBe(200);
    const headers = { authorization: `Bearer ${await event.tokenOf(own.email)}` };
    const seen = [await call('getRegistration', { headers }), await event.page(own.email)];
    for (const { statusCode, body } of seen) {
      expect(statusCode).toBe(200);
      expect(body).not.toMatch(/A word of the team|aaaaaaaa|"tags"/);
    }
    const { revision } = (await event.now(other)) ?? {};
    const sent = { fullName: 'Another Person', email: 'another@tag-own.example.org', position: 'Guest', revision };
    const at = { params: { ...event.params, reference: other.reference }, body: sent };
    expect((await ask('organiser', 'substituteRegistration', at)).status).toBe(200);
    expect((await event.now(other))?.tags).toBeUndefined();
    expect((await event.press(own.email, 'erase', [['confirm', 'yes']])).statusCode).toBe(200);
    await event.doJobs();
    const left = (await scan(parts, 'registry')).filter((item) => JSON.stringify(item).includes(own.reference));
    expect(left).toEqual([]);
    expect((await listed('organiser', event.id)).flatMap(({ tags = [] }) => tags)).toEqual([]);
  });
});

describe('a tag that is removed', () => {
  it('leaves everyone who has it, whatever is killed, and stays with nobody who gets it at the same moment', async () => {
    const event = await opened('tag-gone');
    await event.write(SPEAKS, 'Speaks');
    await event.write(HOSTS, 'Hosts');
    const people = [];
    for (let n = 0; n < 8; n += 1) people.push(await event.enter(`p${n}`));
    const [late, ...tagged] = people;
    if (late === undefined) throw new Error('nobody came');
    for (const each of tagged) await event.tag(each, { set: [SPEAKS, HOSTS] });
    const [removed, raced] = await Promise.all([event.remove(SPEAKS), event.tag(late, { set: [SPEAKS] })]);
    expect(removed.body.tags).toMatchObject([{ id: HOSTS }]);
    expect([200, 422]).toContain(raced.status);
    expect((await event.remove(SPEAKS)).status, 'twice is a success twice').toBe(200);
    expect(await event.jobs()).toHaveLength(1);
    let falls = 0;
    for (let at = 2; !(await event.drop(at)); at += 9) falls += 1;
    expect(falls).toBeGreaterThan(2);
    expect(await event.jobs()).toEqual([]);
    const { registrations } = await readRegistry(parts, event.id);
    expect(registrations.map(({ tags }) => tags).sort()).toEqual([...tagged.map(() => [HOSTS]), undefined]);
    expect((await event.tag(late, { set: [SPEAKS] })).status).toBe(422);
  });

  it('is looked for as long as a run has time, also where nobody has it, and by another one from there', async () => {
    const event = await opened('tag-slow');
    await event.write(SPEAKS, 'Speaks');
    const people = [];
    for (let n = 0; n < 6; n += 1) people.push(await event.enter(`p${n}`));
    const last = people.sort((a, b) => (a.reference < b.reference ? -1 : 1)).at(-1);
    if (last === undefined) throw new Error('nobody came');
    await event.tag(last, { set: [SPEAKS] });
    await event.remove(SPEAKS);
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const deps = realDeps();
    /** Each partition takes six seconds to read, as of an event of 100,000 with the deployed memory some take. */
    const run = async () => {
      let read = 0;
      const now = (): Date => new Date(Date.now() + read * 6_000);
      const partition: typeof deps.people.partition = (...asked) => {
        read += 1;
        return deps.people.partition(...asked);
      };
      const slow = { ...deps, system: { ...deps.system, now }, people: { ...deps.people, partition } };
      const [job] = await event.jobs();
      await asFunction('housekeeping', () => doJob(slow, job ?? ''));
      return read;
    };
    const reads: number[] = [];
    while ((await event.jobs()).length > 0 && reads.length < 40) reads.push(await run());
    expect(Math.max(...reads), 'partitions of a run').toBeLessThanOrEqual(3);
    // Each once; and again the one of the person who has it, where a run ends with it.
    const all = reads.reduce((sum, each) => sum + each, 0);
    expect([32, 33]).toContain(all);
    expect((await event.now(last))?.tags).toBeUndefined();
  });

  it('is brought back by no form that was open meanwhile, and nobody keeps it', async () => {
    const event = await opened('tag-again');
    await event.write(SPEAKS, 'Speaks');
    const person = await event.enter('one');
    await event.tag(person, { set: [SPEAKS] });
    await event.remove(SPEAKS);
    for (const name of ['Speaks', 'Another name']) {
      const { status, body } = await event.write(SPEAKS, name);
      expect([status, body.errors]).toMatchObject([422, [{ path: 'name', code: 'does-not-fit' }]]);
      expect(JSON.stringify(body.errors)).toContain('the tag was removed meanwhile');
    }
    expect((await event.remove(SPEAKS)).status, 'twice is a success twice').toBe(200);
    expect((await event.write(HOSTS, 'Speaks')).status, 'another one may be called the same').toBe(200);
    expect(await event.drop()).toBe(true);
    expect((await event.now(person))?.tags).toBeUndefined();
    expect(await event.names()).toEqual(['Speaks']);
  });
});
