import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { addToCount } from '../../shared/checkin/attendance/attendance.store.ts';
import { EVENT_FORM } from '../../shared/feedback/form/form.ts';
import { attendance, peopleIn } from '../../shared/feedback/result/attended.case.ts';
import { putFeedbackLabels } from '../../shared/feedback/token/feedback-labels.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postForm } from '../support/call.ts';
import { DAY, errorsOf, HOUR, open, openDoors, problem } from '../support/doors.ts';
import { answering } from '../support/feedback.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, type TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const FORM = 'session-opening';
const agoISO = (milliseconds: number): string => new Date(Date.now() - milliseconds).toISOString();

interface Form {
  readonly id: string;
  readonly standing: string;
  readonly opensAt: string;
  readonly answers: number;
  readonly attended?: number;
  readonly mayAnswer?: object;
}

async function opened(eventId: string) {
  await openEvent(parts, eventId);
  await grantTeam(parts, eventId);
  const list = async () => (await ask('organiser', 'listFeedback', { params: { eventId } })).body;
  // What a change answers is the list as it is then.
  let known = await list();
  const named = (id: string): Form => known.forms.find((form: Form) => form.id === id);
  return {
    revision: (): number => known.revision,
    form: named,
    async change(change: object, { formId = FORM, revision = known.revision as number } = {}) {
      const body = { revision, ...change };
      const answer = await ask('organiser', 'changeForm', { params: { eventId, formId }, body });
      if (answer.status === 200) known = answer.body;
      return answer;
    },
    async look(id = FORM): Promise<Form> {
      known = await list();
      return named(id);
    },
    audit: () => auditOf(parts, eventId),
  };
}

describe('what an organiser sets of a form', () => {
  it('opens it, closes it and opens it again, switches it off and on; each is noted with it', async () => {
    const { form, look, change, audit } = await opened('set');
    expect(form(FORM).standing).toBe('not-yet');
    const steps = [
      ['close', 409, 'not-yet'],
      ['open', 200, 'open'],
      ['open', 200, 'open'],
      ['close', 200, 'closed'],
      ['close', 200, 'closed'],
      ['open', 200, 'open'],
      ['off', 200, 'off'],
      ['close', 409, 'off'],
      ['on', 200, 'open'],
    ] as const;
    for (const [kind, status, standing] of steps) {
      const answer = await change({ kind });
      expect([kind, answer.status, form(FORM).standing]).toEqual([kind, status, standing]);
      if (status === 409) expect(answer.body.type).toBe(problem('form-not-open'));
    }
    expect(await audit()).toEqual(Array.from({ length: 5 }, () => `change-feedback ${FORM}`));
    expect((await look()).standing).toBe('open');
    expect(form('event').standing).toBe('not-yet');
  });

  it('may be a time, as long as answers are kept then', async () => {
    const { form, look, change } = await opened('times');
    const at = new Date(Date.now() + HOUR).toISOString();
    expect((await change({ kind: 'open-at', at })).status).toBe(200);
    expect(form(FORM)).toMatchObject({ standing: 'not-yet', opensAt: at });
    const late = await change({ kind: 'open-at', at: '2099-01-01T00:00:00Z' });
    expect(errorsOf(late)).toEqual({ status: 422, errors: ['at does-not-fit'] });
    expect((await change({ kind: 'open-at', at: 'soon' })).status).toBe(422);
    expect(await look()).toMatchObject({ opensAt: at });
  });

  it('opens nothing once its time after the event is over', async () => {
    const { look, change } = await opened('over');
    const days = forum().days.map((day) => ({ ...day, date: agoISO(60 * DAY).slice(0, 10) }));
    await parts.publish(
      forum({
        id: 'over',
        days: days.slice(0, 1),
        sessions: forum().sessions.map((each) => ({ ...each, day: days[0]?.id ?? '' })),
      }),
    );
    expect((await look()).standing).toBe('closed');
    for (const change_ of [{ kind: 'open' }, { kind: 'open-at', at: new Date(Date.now() + HOUR).toISOString() }]) {
      const { status, body } = await change(change_);
      expect([status, body.type]).toEqual([409, problem('feedback-over')]);
    }
  });

  it('is refused where somebody else changed anything meanwhile, unless it is so already', async () => {
    const { look, change, form, revision: known } = await opened('rivals');
    const revision = known();
    const rivals = await Promise.all([
      change({ kind: 'open' }, { revision }),
      change({ kind: 'off' }, { formId: 'event', revision }),
    ]);
    expect(rivals.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = rivals.find(({ status }) => status === 409);
    expect(refused?.body.type).toBe(problem('out-of-date'));
    await look();
    await change({ kind: 'open' });
    expect((await change({ kind: 'open' }, { revision: 0 })).status).toBe(200);
    expect(form(FORM).standing).toBe('open');
  });

  it('is who attended its session, too: it is kept whatever else is set, and noted each time that it changes', async () => {
    const { form, look, change, audit } = await opened('set-by');
    const by = async (which: string) => {
      const { status } = await change({ kind: 'attended-by', by: which });
      return [status, form(FORM).mayAnswer];
    };
    const nobody = { people: 0, isAtLeast: false };
    const numbers = { door: { ...nobody, scanned: 0 }, day: nobody, isClosed: false };
    expect((await look()).mayAnswer).toEqual({ by: 'day', ...numbers });
    const door = { by: 'door', set: 'door', ...numbers };
    expect(await by('door')).toEqual([200, door]);
    expect(await by('door')).toEqual([200, door]);
    for (const kind of ['open', 'close', 'off', 'on', 'open']) {
      expect([kind, (await change({ kind })).status]).toEqual([kind, 200]);
      expect((await look()).mayAnswer).toEqual(door);
    }
    await change({ kind: 'open-at', at: new Date(Date.now() + HOUR).toISOString() });
    expect(form(FORM)).toMatchObject({ standing: 'not-yet', mayAnswer: door });
    expect(form('session-closing').mayAnswer).toEqual({ by: 'day', ...numbers });
    expect(await by('day')).toEqual([200, { by: 'day', set: 'day', ...numbers }]);
    expect(await by('usual')).toEqual([200, { by: 'day', ...numbers }]);
    expect(form(FORM)).toMatchObject({ standing: 'not-yet' });
    expect(await audit()).toEqual(Array.from({ length: 9 }, () => `change-feedback ${FORM}`));
  });

  it('is not who attended the whole event, nor anything that there is not', async () => {
    const { look, change, audit } = await opened('by-refused');
    expect((await look('event')).mayAnswer).toBeUndefined();
    const ofEvent = await change({ kind: 'attended-by', by: 'day' }, { formId: 'event' });
    expect(errorsOf(ofEvent)).toEqual({ status: 422, errors: ['kind does-not-fit'] });
    expect(JSON.stringify(ofEvent.body.errors)).toContain('the form about the whole event is for everyone who came');
    const unknown = await change({ kind: 'attended-by', by: 'entrance' });
    expect(errorsOf(unknown)).toMatchObject({ status: 422, errors: [expect.stringMatching(/^by /)] });
    expect(errorsOf(await change({ kind: 'attended-by' }))).toMatchObject({ status: 422 });
    expect(await audit()).toEqual([]);
  });

  it('is not who attended, where somebody else changed anything meanwhile, unless it is so already', async () => {
    const { look, change, form } = await opened('by-rivals');
    await change({ kind: 'off' }, { formId: 'event' });
    const stale = await change({ kind: 'attended-by', by: 'day' }, { revision: 0 });
    expect([stale.status, stale.body.type]).toEqual([409, problem('out-of-date')]);
    expect((await look()).mayAnswer).not.toHaveProperty('set');
    await change({ kind: 'attended-by', by: 'day' });
    expect((await change({ kind: 'attended-by', by: 'day' }, { revision: 0 })).status).toBe(200);
    expect(form(FORM).mayAnswer).toMatchObject({ set: 'day' });
  });

  it('is of forms that there are', async () => {
    const { change } = await opened('unknown-forms');
    for (const formId of ['session-networking', 'session-nothing']) {
      expect((await change({ kind: 'open' }, { formId })).status).toBe(404);
      expect((await change({ kind: 'attended-by', by: 'day' }, { formId })).status).toBe(404);
    }
    expect((await change({ kind: 'open' }, { formId: 'no form' })).status).toBe(422);
  });
});

describe('feedback', () => {
  it('CS22: shows its words to organisers alone, its numbers to whoever looks after children too; who read or took words is noted', async () => {
    const { audit } = await opened('roles');
    const say = answering(parts.database, 'roles');
    const words = ['=1+1', 'Two\nlines', 'Plain', 'More, of it', 'Last'];
    for (const comment of words) await say({ useful: 4, comment });
    const params = { eventId: 'roles', formId: FORM };
    const statuses = async (who: TeamMember) => [
      (await ask(who, 'listFeedback', { params })).status,
      (await ask(who, 'showFeedback', { params })).status,
      (await ask(who, 'exportFeedback', { params })).status,
      (await ask(who, 'listFeedbackTexts', { params })).status,
      (await ask(who, 'exportFeedbackTexts', { params })).status,
      (await ask(who, 'changeForm', { params, body: { kind: 'on', revision: 0 } })).status,
    ];
    expect(await statuses('safeguarding')).toEqual([200, 200, 200, 403, 403, 403]);
    for (const who of ['thailand', 'vettedCare'] as const) expect(await statuses(who)).toEqual(Array(6).fill(403));
    expect(await audit()).toEqual([]);
    const { body } = await ask('organiser', 'listFeedbackTexts', { params });
    expect(body.questions).toEqual([{ id: 'comment', title: expect.any(String), texts: [...words].sort() }]);
    const file = await ask('organiser', 'exportFeedbackTexts', { params });
    expect(file.body.startsWith('\uFEFFquestion,text\r\n')).toBe(true);
    expect(file.body).toContain(",'=1+1\r\n");
    expect(file.headers['content-disposition']).toMatch(/"roles-session-opening-texts-\d{4}-\d\d-\d\d\.csv"/);
    expect(await audit()).toEqual([`read-texts ${FORM}`, `export ${FORM}`]);
  });

  it('is a table for spreadsheets, with a column for whoever is told apart', async () => {
    await opened('table');
    const params = { eventId: 'table', formId: FORM };
    const say = answering(parts.database, 'table');
    const table = async () => (await ask('organiser', 'exportFeedback', { params })).body.slice(1).split('\r\n');
    for (let person = 0; person < 4; person += 1) await say({ useful: 5 });
    expect((await table()).slice(0, 4)).toEqual([
      'question,choice,everyone',
      'people who answered,,',
      'people who came,,',
      'How useful was this session to you?,1,',
    ]);
    for (let person = 0; person < 6; person += 1) await say({ useful: 2, mode: 'online', category: 'media' });
    const lines = await table();
    expect(lines[0]).toBe('question,choice,everyone,mode: in-person + online,category: Academia + Media');
    await say({ useful: 5 });
    for (let person = 0; person < 4; person += 1) await say({ useful: 4, mode: 'online', category: 'media' });
    expect((await table()).slice(0, 9)).toEqual([
      'question,choice,everyone,mode: in-person,mode: online,category: Academia,category: Media',
      'people who answered,,15,5,10,5,10',
      'people who came,,,,,,',
      'How useful was this session to you?,1,0,0,0,0,0',
      'How useful was this session to you?,2,6,0,6,0,6',
      'How useful was this session to you?,3,0,0,0,0,0',
      'How useful was this session to you?,4,4,0,4,0,4',
      'How useful was this session to you?,5,5,5,0,5,0',
      'How useful was this session to you?,mean,3.53,5.00,2.80,5.00,2.80',
    ]);
  });

  it.each([
    [9, '9'],
    [5, '5'],
    [4, ''],
  ])('of five who answered, where %i are counted as having come, says "%s" of who came', async (came, told) => {
    const eventId = `came-${came}`;
    const { registry } = parts.database.tables;
    const id = { list: 'day-day-1', device: 'door', lane: 0, category: 'academia', mode: 'in-person' };
    const count = addToCount(registry, eventId, id, { came, inside: came }, 2 ** 32);
    const named = { modes: ['in-person'], categories: { 'in-person': ['academia'] } };
    const name = putFeedbackLabels(registry, { eventId, form: FORM }, { named, revision: 0 }, 2 ** 32);
    await writeAll(documentClient(parts.database.client), [count, name], realSystem);
    const { change } = await opened(eventId);
    await change({ kind: 'open' });
    const say = answering(parts.database, eventId);
    for (let person = 0; person < 5; person += 1) await say({ useful: 5 });
    const { body } = await ask('organiser', 'exportFeedback', { params: { eventId, formId: FORM } });
    const [, answered, ofThem] = body.split('\r\n');
    expect([answered, ofThem]).toEqual(['people who answered,,5,5,5', `people who came,,${told},${told},${told}`]);
  });

  it('is measured against the people who came: of a session whoever was scanned at its door, else whoever came that day', async () => {
    const sessions = forum().sessions.map((session) => ({ ...session }));
    const doors = await openDoors(parts, 'attended', { sessions });
    const place = { kind: 'session', session: 'opening' };
    await doors.put('event', { ...open, passing: 'again' });
    await doors.put('day-day-1', { ...open, place: { kind: 'day', day: 'day-1' }, passing: 'again' });
    await doors.put('hall', { ...open, place, passing: 'again' });
    const people: Awaited<ReturnType<typeof doors.holder>>[] = [];
    for (const index of [1, 2, 3, 4]) people.push(await doors.holder(`came-${index}@example.org`));
    const phone = await openPhone(parts, 'attended', { lists: ['event', 'day-day-1', 'hall'] });
    const scan = (index: number, list: string) => {
      const { ticket = '', reference = '' } = people[index] ?? {};
      return sentScan({ ticket, reference, list });
    };
    await phone.send([
      ...[0, 1, 2].map((index) => scan(index, 'event')),
      ...[1, 2, 3].map((index) => scan(index, 'day-day-1')),
      ...[0, 0].map((index) => scan(index, 'hall')),
      sentScan({ list: 'event' }),
    ]);
    const other = sessions.find(({ id, day }) => day === 'day-1' && !['opening', 'arrival'].includes(id))?.id;
    const forms = [FORM, `session-${other}`, 'event'];
    for (const [revision, formId] of forms.entries()) {
      const params = { eventId: 'attended', formId };
      expect((await ask('organiser', 'changeForm', { params, body: { kind: 'open', revision } })).status).toBe(200);
    }
    const { forms: all } = (await ask('organiser', 'listFeedback', { params: { eventId: 'attended' } })).body;
    const attended = new Map(all.map(({ id, attended: came }: Form) => [id, came]));
    expect(forms.map((form) => attended.get(form))).toEqual([1, 4, 4]);
    expect(all.filter(({ id }: Form) => !forms.includes(id)).every((each: Form) => each.attended === undefined)).toBe(
      true,
    );
    const came = async (by: string, revision: number) => {
      const body = { kind: 'attended-by', by, revision };
      const { body: overview } = await ask('organiser', 'changeForm', {
        params: { eventId: 'attended', formId: FORM },
        body,
      });
      const { attended, mayAnswer } = overview.forms.find(({ id }: Form) => id === FORM);
      const { body: results } = await ask('organiser', 'showFeedback', {
        params: { eventId: 'attended', formId: FORM },
      });
      expect(results).toMatchObject({ attended, mayAnswer });
      return [attended, mayAnswer];
    };
    const numbers = {
      door: { people: 1, isAtLeast: false, scanned: 1 },
      day: { people: 3, isAtLeast: true },
      isClosed: false,
    };
    expect(await came('day', 3)).toEqual([4, { by: 'day', set: 'day', ...numbers }]);
    expect(await came('door', 4)).toEqual([1, { by: 'door', set: 'door', ...numbers }]);
    expect(await came('usual', 5)).toEqual([1, { by: 'door', ...numbers }]);
  });

  it('counts children, who joined online though nobody was told, one ticket for another, and nobody who was erased', async () => {
    const id = 'who-attended';
    const doors = await openDoors(parts, id, {});
    await doors.put('event', { ...open, passing: 'again' });
    await doors.put('day-day-1', { ...open, place: { kind: 'day', day: 'day-1' }, passing: 'again' });
    const adults = [];
    for (const name of ['both', 'replaced', 'erased']) adults.push(await doors.holder(`${name}@example.org`));
    const online = await doors.holder('online@example.org', { mode: 'online', days: ['day-1'] });
    const young = await rosterPeople(parts, id).enter({ fullName: 'Young Canary', ageBand: 'minor', minor: {} });
    const phone = await openPhone(parts, id, { lists: ['event', 'day-day-1'] });
    const child = { ticket: ticketHashOf(young), reference: young.reference };
    const scans = [...adults, child].flatMap(({ ticket, reference }) =>
      ['event', 'day-day-1'].map((list) => sentScan({ ticket, reference, list })),
    );
    await phone.send(scans);
    const opening = Date.parse(`${forum().days[0]?.date}T09:00:00+07:00`);
    vi.useFakeTimers({ now: opening, toFake: ['Date'] });
    const token = await doors.tokenOf('online@example.org');
    await call('postJoin', { params: { token, sessionId: 'opening' }, ...postForm([['action', 'join']]) });
    const direct = documentClient(parts.database.client);
    const TableName = parts.database.tables.registry;
    const told = await scan(parts, 'registry', { partitions: [`CHECK-IN-FEED#${id}#`] });
    expect(told).toHaveLength(1);
    for (const { pk, sk } of told) await direct.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    vi.setSystemTime(opening + 60_000);
    const { reference } = adults[1] ?? {};
    const { revision } = await doors.registrationOf('replaced@example.org');
    expect((await doors.ask('replaceTicket', { reference }, { revision })).status).toBe(200);
    const came = async (): Promise<number> => {
      const { realDeps } = await import('../../functions/feedback-results/index.ts');
      const deps = realDeps();
      const { event } = (await deps.events.readEvent(id, 'en')) ?? {};
      if (event === undefined) throw new Error('no event');
      const { attendedBy } = await asFunction('feedback-results', () => attendance(deps, event));
      return peopleIn(await asFunction('feedback-results', () => attendedBy({ id: EVENT_FORM })));
    };
    expect(await came()).toBe(5);
    await doors.press('erased@example.org', 'erase', [['confirm', 'yes']]);
    expect(await came()).toBe(4);
    expect(online.mode).toBe('online');
  });
});
