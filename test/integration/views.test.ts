import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Question } from '../../shared/event/event.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { keptPartitions, viewsKey } from '../../shared/kernel/dynamo/keys.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, leave, type TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const MINE = 'aaaaaaaa';
const OTHER = 'bbbbbbbb';
const TAG = 'cccccccc';

const titled = (id: string) => ({ id, title: { en: id, km: id } });
const flight = (...options: string[]): Question => ({
  ...{ id: 'flight', type: 'choice', required: false, readers: ['protocol'], options: options.map(titled) },
  title: { en: 'Flight', km: 'x' },
});

const PLAIN = { filters: [{ field: 'country', isNot: false, values: ['TH', 'LA'] }], sort: 'name', columns: ['name'] };

/** An event with a question for `protocol`, and what its team does with views. */
async function opened(id: string) {
  const questions = [...forum().questions, flight('early', 'late')];
  const event = await openEvent(parts, id, { quotas: [], questions });
  await grantTeam(parts, id);
  const params = { eventId: id };
  const list = async (who: TeamMember = 'organiser') => (await ask(who, 'listViews', { params })).body.views;
  return {
    ...event,
    params,
    list,
    names: async () => (await list()).map(({ name }: { name: string }) => name),
    write: (viewId: string, body: object, who: TeamMember = 'organiser') =>
      ask(who, 'writeView', { params: { ...params, viewId }, body }),
    remove: (viewId: string, who: TeamMember = 'organiser') =>
      ask(who, 'removeView', { params: { ...params, viewId } }),
    stored: async () => {
      const client = documentClient(parts.database.client);
      return (await client.send(new GetCommand({ TableName: parts.database.tables.registry, Key: viewsKey(id) }))).Item;
    },
  };
}

describe('a saved view of the list', () => {
  it('is seen by all who open the list, changed by its writer and owners alone, noted, and ends with the event', async () => {
    const event = await opened('view-list');
    const { status, body } = await event.write(MINE, { name: ' Thai and Lao ', shown: PLAIN }, 'thailand');
    expect([status, body]).toEqual([
      200,
      { views: [{ id: MINE, name: 'Thai and Lao', shown: PLAIN, leftOut: 0, mayChange: true }] },
    ]);
    expect(await event.list('laos')).toMatchObject([{ name: 'Thai and Lao', mayChange: false }]);
    expect(await event.list()).toMatchObject([{ mayChange: true }]);
    for (const who of ['care', 'viewer', 'deputy', 'safeguarding'] as const) {
      expect((await ask(who, 'listViews', { params: event.params })).status, who).toBe(403);
      expect((await event.write(OTHER, { name: 'x', shown: PLAIN }, who)).status, who).toBe(403);
      expect((await event.remove(MINE, who)).status, who).toBe(403);
    }
    expect((await event.write(MINE, { name: 'Stolen' }, 'laos')).status).toBe(403);
    expect((await event.remove(MINE, 'laos')).status).toBe(403);
    expect((await event.write(MINE, { name: 'Thai and Lao', shown: PLAIN }, 'thailand')).status, 'again').toBe(200);
    expect((await event.write(MINE, { name: 'Region' })).status, 'an owner').toBe(200);
    expect(await event.list('thailand')).toMatchObject([{ name: 'Region', shown: PLAIN, mayChange: true }]);
    expect(await event.stored()).toMatchObject({ expiresAt: retentionEnd(forum()) });
    expect(keptPartitions(event.id).are).toContain(viewsKey(event.id).pk);
    await leave(parts, event.id, 'thailand');
    expect((await event.remove(MINE)).body).toEqual({ views: [] });
    expect((await event.remove(MINE)).status, 'twice is a success twice').toBe(200);
    expect(await auditOf(parts, event.id)).toEqual([`write-view ${MINE}`, `write-view ${MINE}`, `remove-view ${MINE}`]);
  });

  it('has a name that no other has, of one line, and there are 50 at most', async () => {
    const event = await opened('view-names');
    expect((await event.write(MINE, { name: 'Straße 1 é', shown: PLAIN })).status).toBe(200);
    for (const alike of ['strasse 1 é', 'STRASSE 1 e\u0301', 'Straße １ é', 'Stra\u200Dße  1 é']) {
      const { status, body } = await event.write(OTHER, { name: alike, shown: PLAIN }, 'laos');
      expect([alike, status, body.errors]).toMatchObject([alike, 422, [{ path: 'name', code: 'does-not-fit' }]]);
    }
    for (const name of ['', ' \u200B ', 'a\nb', 'x'.repeat(61), 'x'.repeat(5000)]) {
      const { status, body } = await event.write(OTHER, { name, shown: PLAIN });
      expect([name, status, body.errors?.[0]?.path]).toEqual([name, 422, 'name']);
    }
    expect((await event.write(OTHER, { name: 'ក'.repeat(60), shown: PLAIN })).status).toBe(200);
    expect((await event.write('UPPER', { name: 'a', shown: PLAIN })).status).toBe(422);
    for (let n = 3; n <= 50; n += 1)
      expect((await event.write(`v${1000000 + n}`, { name: `view ${n}`, shown: PLAIN })).status).toBe(200);
    expect((await event.write('zzzzzzzz', { name: 'one more', shown: PLAIN })).body.errors).toMatchObject([
      { path: 'name', code: 'does-not-fit' },
    ]);
    expect((await event.write(OTHER, { name: 'renamed' })).status, 'of 50 one can still be renamed').toBe(200);
    expect(await event.names()).toHaveLength(50);
  });

  it('loses nothing of members who write at once, and brings none back that was deleted', async () => {
    const event = await opened('view-race');
    const ids = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'];
    const answers = await Promise.all(
      ids.map((id, at) => event.write(id, { name: `view ${id}`, shown: PLAIN }, at % 2 === 0 ? 'organiser' : 'laos')),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const other = { ...PLAIN, columns: ['status'] };
    const both = await Promise.all([
      event.write(OTHER, { name: 'Named' }),
      event.write(OTHER, { shown: other }, 'laos'),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const written = (await event.list()).find(({ id }: { id: string }) => id === OTHER);
    expect(written, 'its name and what it shows').toMatchObject({ name: 'Named', shown: other });
    const alike = await Promise.all(
      ['eeeeeeee', 'ffffffff'].map((id) => event.write(id, { name: 'The same', shown: PLAIN })),
    );
    expect(alike.map(({ status }) => status).sort()).toEqual([200, 422]);
    for (let n = 6; n <= 49; n += 1) await event.write(`v${1000000 + n}`, { name: `view ${n}`, shown: PLAIN });
    const last = await Promise.all(['yyyyyyyy', 'zzzzzzzz'].map((id) => event.write(id, { name: id, shown: PLAIN })));
    expect(last.map(({ status }) => status).sort(), 'of two at the last place one writes').toEqual([200, 422]);
    expect(await event.names()).toHaveLength(50);
    await event.remove(OTHER);
    expect((await event.write(OTHER, { shown: PLAIN }, 'laos')).status).toBe(404);
    expect((await event.write(OTHER, { name: 'Back' })).status).toBe(404);
  });

  it('holds no word that was searched for or typed, no reference, and nothing that its writer does not see', async () => {
    const event = await opened('view-words');
    const filter = (field: string, ...values: string[]) => ({ ...PLAIN, filters: [{ field, isNot: false, values }] });
    for (const [what, shown, who] of [
      ['a name', filter('name', 'Sok Dara')],
      ['a reference', filter('reference', '7K3M9QX2AB')],
      ['an organisation', filter('organisation', 'Office of one')],
      ['a country that is none', filter('country', 'Sok Dara')],
      ['one of two values', filter('status', 'confirmed', 'Sok Dara')],
      ['a tag that nobody wrote', filter('tags', 'sokdara1')],
      ['an instant that is none', filter('submittedAt', '2027-02-30')],
      ['a group', filter('category', 'Sok-Dara')],
      ['a field that there is not', filter('__proto__', 'x')],
      ['a sort of none', { ...PLAIN, sort: '-sok-dara' }],
      ['a column of none', { ...PLAIN, columns: ['sok-dara'] }],
      ['an answer for others', filter('answer-flight', 'late'), 'thailand'],
      ['a column for others', { ...PLAIN, columns: ['answer-flight'] }, 'thailand'],
      ['a list of a closed session', { ...PLAIN, columns: ['came-side-room'] }, 'thailand'],
      ['no values', filter('status')],
      ['a search', { ...PLAIN, q: 'Sok' }],
      ['too much', filter('country', ...Array.from({ length: 500 }, () => 'TH'))],
    ] as const) {
      const { status, body } = await event.write(MINE, { name: 'View', shown }, who ?? 'organiser');
      expect([what, status, body.errors?.[0]?.path.split('.')[0]]).toEqual([what, 422, 'shown']);
    }
    const huge = await event.write(MINE, { name: 'View', shown: filter('country', 'x'.repeat(40_000)) });
    expect(huge.status).toBe(413);
    expect(await event.stored()).toBeUndefined();
    const all = {
      filters: [
        { field: 'status', isNot: true, values: ['confirmed', 'overdue'] },
        { field: 'submittedAt', isNot: false, values: ['2027-01-01..', '2027-02-01'] },
        { field: 'attendance-day-day-1', isNot: false, values: ['came'] },
        { field: 'answer-flight', isNot: true, values: ['late'] },
      ],
      sort: '-organisation',
      columns: ['name', 'reference', 'answer-flight', 'came-side-room'],
    };
    expect((await event.write(MINE, { name: 'All', shown: all })).body.views).toMatchObject([
      { shown: all, leftOut: 0 },
    ]);
  });

  it('leaves out, and says how many, what a member may not see and what the event has no more', async () => {
    const event = await opened('view-parts');
    const tag = { params: { ...event.params, tagId: TAG }, body: { name: 'Speaks', purpose: 'x' } };
    expect((await ask('organiser', 'writeTag', tag)).status).toBe(200);
    const shown = {
      filters: [
        { field: 'tags', isNot: false, values: [TAG] },
        { field: 'answer-flight', isNot: false, values: ['early', 'late'] },
        { field: 'mode', isNot: true, values: ['online'] },
      ],
      sort: '-answer-flight',
      columns: ['answer-flight', 'name'],
    };
    expect((await event.write(MINE, { name: 'Late', shown })).status).toBe(200);
    const mode = shown.filters.slice(2);
    expect(await event.list('thailand')).toMatchObject([
      { name: 'Late', shown: { filters: [shown.filters[0], ...mode], columns: ['name'] }, leftOut: 4 },
    ]);
    expect(JSON.stringify(await event.list('thailand'))).not.toMatch(/flight|late"/);
    await ask('organiser', 'removeTag', { params: tag.params });
    await parts.publish(
      forum({ id: event.id, quotas: [], questions: [...forum().questions, flight('early', 'noon')] }),
    );
    expect(await event.list()).toMatchObject([
      { shown: { ...shown, filters: [{ ...shown.filters[1], values: ['early'] }, ...mode] }, leftOut: 2 },
    ]);
    expect((await event.write(MINE, { name: 'Still whole' }, 'organiser')).status).toBe(200);
    expect((await event.stored())?.['views'], 'a name alone changes nothing of what it shows').toMatchObject([
      { shown },
    ]);
  });
});
