import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { call, postForm } from '../support/call.ts';
import { CANARY, CARE_ANSWERS, careForum, needsOf } from '../support/care.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

/** An event whose form asks for needs, and what those see who arrange them. */
async function open(id: string) {
  const event = await openEvent(parts, id, careForum());
  await grantTeam(parts, id);
  const params = { eventId: id };
  const read = async (
    route: 'countNeeds' | 'exportNeedCounts' | 'listNeeds',
    who: Parameters<typeof ask>[0] = 'care',
  ) => (await ask(who, route, { params })).body;
  return {
    ...event,
    read,
    names: async (who?: Parameters<typeof ask>[0]) =>
      (await read('listNeeds', who)).needs.map(({ fullName }: { fullName: string }) => fullName),
    arrange: async (reference: string, body: object, who: Parameters<typeof ask>[0] = 'care') =>
      ask(who, 'arrangeNeed', { params: { ...params, reference }, body }),
    audit: () => auditOf(parts, id),
  };
}

async function makeMinor(eventId: string, reference: string): Promise<void> {
  await DynamoDBDocumentClient.from(parts.database.client).send(
    new UpdateCommand({
      TableName: parts.database.tables.registry,
      Key: registrationKey(eventId, reference),
      UpdateExpression: 'SET ageBand = :minor',
      ExpressionAttributeValues: { ':minor': 'minor' },
    }),
  );
}

describe('CS11: the caterer’s numbers', () => {
  it('count who comes in person and has a place, day by day, without a name', async () => {
    const event = await open('counts');
    await event.register('one@counts.example.org', { answers: CARE_ANSWERS });
    await event.register('two@counts.example.org', { days: ['day-2'], answers: { food: ['vegan', 'halal'] } });
    await event.register('none@counts.example.org', { days: ['day-1'] });
    await event.register('online@counts.example.org', { mode: 'online', answers: { help: CANARY } });
    await event.register('gone@counts.example.org', { answers: CARE_ANSWERS });
    await event.press('gone@counts.example.org', 'cancel');

    const counts = await event.read('countNeeds');
    expect(counts).toEqual({
      countedAt: expect.any(String),
      people: { 'day-1': 2, 'day-2': 2 },
      questions: [
        {
          id: 'food',
          options: [
            { id: 'vegan', people: { 'day-1': 1, 'day-2': 2 } },
            { id: 'halal', people: { 'day-1': 0, 'day-2': 1 } },
          ],
        },
      ],
    });
    const csv: string = await event.read('exportNeedCounts');
    expect(csv.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
      expect.stringMatching(/^question,choice,.*2027-11-02.*,.*2027-11-03/),
      'everyone who comes,,2,2',
      'Food,Vegan,1,2',
      'Food,Halal,0,1',
    ]);
    for (const each of [JSON.stringify(counts), csv]) expect(each).not.toContain('Sample');
  });

  it('AB7: are harmless to spreadsheets, whatever an option is called', async () => {
    const questions = careForum().questions?.map((question) =>
      question.id === 'food' ? { ...question, title: { en: '=1+1', km: '=1+1' } } : question,
    );
    await openEvent(parts, 'formula', { questions: questions ?? [] });
    await grantTeam(parts, 'formula');
    // Already the next day in Phnom Penh.
    vi.useFakeTimers({ now: new Date('2027-10-01T20:00:00Z'), toFake: ['Date'] });
    const { body, headers } = await ask('care', 'exportNeedCounts', { params: { eventId: 'formula' } });
    vi.useRealTimers();
    expect(headers['content-disposition']).toContain('"formula-care-2027-10-02.csv"');
    expect(body).toContain("\r\n'=1+1,Vegan,");
    expect(headers['content-type']).toContain('text/csv');
  });

  it('follow people who change how they come', async () => {
    const event = await open('follow');
    await event.register('one@follow.example.org', { answers: { food: ['vegan'] } });
    await event.amend('one@follow.example.org', { days: ['day-2'] });
    expect((await event.read('countNeeds')).questions[0].options[0].people).toEqual({ 'day-1': 0, 'day-2': 1 });
    await event.amend('one@follow.example.org', { mode: 'online' });
    expect((await event.read('countNeeds')).people).toEqual({ 'day-1': 0, 'day-2': 0 });
  });
});

describe('CS11: what is arranged for one person', () => {
  it('is listed with names for those who arrange it, and each look is noted', async () => {
    const event = await open('list');
    await event.register('b@list.example.org', { fullName: 'Bopha Sample', answers: CARE_ANSWERS });
    await event.register('a@list.example.org', { fullName: 'Arun Sample', mode: 'online', answers: { help: CANARY } });
    await event.register('c@list.example.org', { fullName: 'Counted Sample', answers: { food: ['halal'] } });
    const { needs, hidden } = await event.read('listNeeds');
    expect(hidden).toBe(0);
    expect(needs).toMatchObject([
      { fullName: 'Arun Sample', mode: 'online', answers: { help: CANARY } },
      { fullName: 'Bopha Sample', mode: 'in-person', days: ['day-1', 'day-2'], answers: CARE_ANSWERS },
    ]);
    expect(JSON.stringify(needs)).not.toContain('example.org');
    expect(await event.audit()).toEqual(['list-needs']);
    await event.press('a@list.example.org', 'cancel');
    expect(await event.names()).toEqual(['Bopha Sample']);
  });

  it('is ticked by one of the team, shown to the others, and taken back', async () => {
    const event = await open('tick');
    await event.register('one@tick.example.org', { fullName: 'One Sample', answers: CARE_ANSWERS });
    await event.register('two@tick.example.org', { fullName: 'Two Sample', answers: CARE_ANSWERS });
    const [{ reference, edition }] = (await event.read('listNeeds')).needs;
    for (const _ of [1, 2]) {
      const { status, body } = await event.arrange(reference, { arranged: true, edition });
      expect([status, body]).toEqual([200, { reference, edition, arranged: { at: expect.any(String), by: 'care' } }]);
    }
    const { needs } = await event.read('listNeeds', 'vettedCare');
    expect(needs.map((each: { fullName: string }) => each.fullName)).toEqual(['Two Sample', 'One Sample']);
    expect(needs[1].arranged).toMatchObject({ by: 'care' });
    expect((await event.arrange(reference, { arranged: false, edition })).body).toEqual({ reference, edition });
    expect((await event.audit()).filter((entry) => !entry.startsWith('list'))).toEqual([
      `arrange-need ${reference}`,
      `reopen-need ${reference}`,
    ]);
    expect((await event.read('listNeeds')).needs[0].arranged).toBeUndefined();
  });

  it('is not ticked unseen where it was replaced meanwhile, and what replaces it is open again', async () => {
    const event = await open('replaced');
    await event.register('one@replaced.example.org', { answers: CARE_ANSWERS });
    const [{ reference, edition }] = (await event.read('listNeeds')).needs;
    await event.arrange(reference, { arranged: true, edition });
    const params = { token: await event.tokenOf('one@replaced.example.org') };
    const fields: [string, string][] = [
      ['action', 'keep'],
      ['answers.help', 'something else'],
    ];
    expect((await call('postNeeds', { params, ...postForm(fields) })).statusCode).toBe(303);
    const [now] = (await event.read('listNeeds')).needs;
    expect(now).toMatchObject({ answers: { help: 'something else' } });
    expect(now.arranged).toBeUndefined();
    const late = await event.arrange(reference, { arranged: true, edition });
    expect([late.status, late.body.type]).toEqual([409, 'urn:plenary:problem:out-of-date']);
    expect((await needsOf(parts, 'replaced'))[0]?.['arranged']).toBeUndefined();
    expect((await event.arrange('7K3M9QX2AB', { arranged: true, edition })).status).toBe(404);
    expect((await event.arrange(reference, { arranged: 'yes', edition })).status).toBe(422);
  });

  it('CS13: of people under 18 is named to whoever was vetted only, and counted for all', async () => {
    const event = await open('minors');
    await event.register('young@minors.example.org', { fullName: 'Young Sample', answers: CARE_ANSWERS });
    await event.register('adult@minors.example.org', { fullName: 'Adult Sample', answers: CARE_ANSWERS });
    const { reference } = await event.registrationOf('young@minors.example.org');
    await makeMinor('minors', reference);
    const seen = await event.read('listNeeds');
    expect([seen.needs.length, seen.hidden]).toEqual([1, 1]);
    expect(JSON.stringify(seen)).not.toContain('Young');
    expect((await event.read('countNeeds')).people['day-1']).toBe(2);
    expect(await event.audit()).toEqual(['list-needs']);

    expect(await event.names('vettedCare')).toEqual(['Adult Sample', 'Young Sample']);
    expect((await event.audit()).sort()).toEqual(['list-minors', 'list-needs', 'list-needs']);
    const { edition } = (await needsOf(parts, 'minors')).find(({ sk }) => sk === reference) ?? {};
    expect((await event.arrange(reference, { arranged: true, edition })).status).toBe(404);
    expect((await event.arrange(reference, { arranged: true, edition }, 'vettedCare')).status).toBe(200);
  });

  it('CS15: is not read where the look cannot be noted', async () => {
    const event = await open('unnoted');
    await event.register('one@unnoted.example.org', { answers: CARE_ANSWERS });
    const { realDeps } = await import('../../functions/care/index.ts');
    const { listNeeds } = await import('../../shared/care/care.case.ts');
    const deps = { ...realDeps(), auditTable: 'no-such-table' };
    const request = { params: { eventId: 'unnoted' }, query: {}, headers: {}, language: 'en', path: '' };
    await expect(
      listNeeds(deps)(request as never, { id: 'member', ticks: [], grants: [{ role: 'care' }] }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each(['organiser', 'vettedOrganiser', 'thailand', 'safeguarding'] as const)('is not for %s', async (who) => {
    const id = `role-${who.toLowerCase()}`;
    await open(id);
    for (const route of ['countNeeds', 'exportNeedCounts', 'listNeeds'] as const)
      expect((await ask(who, route, { params: { eventId: id } })).status).toBe(403);
  });
});
