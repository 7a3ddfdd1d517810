import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { Question } from '../../shared/event/event.ts';
import { methodsOf, type Route } from '../../shared/kernel/route.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { rowsIn } from '../../shared/registration/people/person.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { mayPass } from '../../shared/team/role/organiser-role.ts';
import { CHOSEN_TICKS } from '../../shared/team/role/ticks.ts';
import { type Call, call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

const ID = 'readers';
const UNTIL = '2099-12-31';

const question = (id: string, readers: readonly string[], type: Question['type'] = 'text'): Question => ({
  ...{ id, type, required: false, readers },
  title: { en: `Title of ${id}`, km: `ចំណងជើង ${id}` },
});

/** By which the people index goes; which is read one by one; of a tick that is also a set, of a set, and of a tick with a reach. */
const QUESTIONS = [
  question('flight', ['protocol'], 'organisation'),
  question('hotel', ['protocol']),
  question('outlet', ['communications'], 'organisation'),
  question('quote', ['communications']),
  question('sponsor', ['decide'], 'organisation'),
];
const ANSWERS = Object.fromEntries(QUESTIONS.map(({ id }) => [id, `answered-${id}-4711`]));

const tick = (...ticks: (typeof CHOSEN_TICKS)[number][]): RoleGrant => ({ role: 'custom', ticks });

/** Everyone whom a team may have: each set, each tick by itself, and what several grants add up to. */
const MEMBERS: Readonly<Record<string, readonly RoleGrant[]>> = {
  owner: [{ role: 'organiser', vettedUntil: UNTIL }],
  organiser: [{ role: 'staff', vettedUntil: UNTIL }],
  protocol: [{ role: 'protocol' }],
  'desk-lead': [{ role: 'desk-lead' }],
  communications: [{ role: 'communications' }],
  viewer: [{ role: 'viewer' }],
  care: [{ role: 'care', vettedUntil: UNTIL }],
  safeguarding: [{ role: 'safeguarding', vettedUntil: UNTIL }],
  deputy: [{ role: 'safeguarding', deputy: true }],
  approver: [{ role: 'focal-point', countries: ['TH', 'KH'] }],
  'approver of others': [{ role: 'focal-point', countries: ['LA'] }],
  // Sees everyone, and is to decide on some: what two grants say of different people is not added up.
  'approver of others who sees all': [{ role: 'focal-point', countries: ['LA'] }, tick('see-people')],
  'vetted communications': [{ role: 'communications' }, { role: 'safeguarding', vettedUntil: UNTIL }],
  ...Object.fromEntries(CHOSEN_TICKS.map((each) => [`tick ${each}`, [tick(each)]])),
};

const PROTOCOL = ['owner', 'organiser', 'protocol', 'tick protocol'];
const COMMUNICATIONS = ['communications', 'vetted communications'];
const DECIDE = ['owner', 'organiser', 'approver', 'tick decide'];

let parts: Parts;
let event: WholeEvent;
beforeAll(async () => {
  parts = await startParts();
  event = await openWholeEvent(parts, ID, { questions: QUESTIONS, answers: ANSWERS });
  for (const [subject, grants] of Object.entries(MEMBERS)) {
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    await grantRoles({ eventId: ID, identity: { issuer: ISSUER, subject }, label: subject, grants }, deps);
  }
}, 60_000);
afterAll(() => parts?.stop());

async function askAs(subject: string, id: RouteId, what: Call) {
  const headers = { [WHY_HEADER]: 'a%20test', ...what.headers };
  return call(id, { ...what, headers, caller: { issuer: ISSUER, subject } });
}

/** Which of the questions are told of in a reply: by an answer, or as one that there is a column for. */
const told = (reply: unknown, by: (id: string) => string = (id) => ANSWERS[id] ?? ''): readonly string[] =>
  QUESTIONS.map(({ id }) => id).filter((id) => JSON.stringify(reply).includes(by(id)));

const mayPassRoute = (subject: string, id: RouteId): boolean => {
  const route: Route = ROUTES[id];
  return route.auth === 'organiser' && mayPass(MEMBERS[subject] ?? [], route);
};

/** Who read which answers, by question. */
async function readersOf(ask: (subject: string) => Promise<unknown>): Promise<Record<string, readonly string[]>> {
  const found = QUESTIONS.map(({ id }): [string, string[]] => [id, []]);
  for (const subject of Object.keys(MEMBERS)) {
    const said = told(await ask(subject));
    for (const [id, who] of found) if (said.includes(id)) who.push(subject);
  }
  return Object.fromEntries(found);
}

const ALL = { flight: PROTOCOL, hotel: PROTOCOL, outlet: COMMUNICATIONS, quote: COMMUNICATIONS, sponsor: DECIDE };

const LISTED = { ...ALL, hotel: [], quote: [] };

const bodyOf = async (subject: string, id: RouteId, body?: unknown) => {
  const what = event.callOf(id);
  const answer = await askAs(subject, id, body === undefined ? what : { ...what, ...postJson(body) });
  return [answer.statusCode, answer.body ?? ''] as const;
};

describe('AU8: answers that are for some of the team', () => {
  it('are on the page of a person for those alone who are to read them, of an adult and of a minor', async () => {
    expect(await readersOf((subject) => bodyOf(subject, 'showOrganiserRegistration'))).toEqual(ALL);
    const { reference } = await event.registrationOf(event.child);
    const params = { eventId: ID, reference };
    const ofMinor = await readersOf((subject) => askAs(subject, 'showOrganiserRegistration', { params }));
    const [vetted, both] = [['owner', 'organiser'], ['vetted communications']];
    expect(ofMinor).toEqual({ ...ALL, flight: vetted, hotel: vetted, sponsor: vetted, outlet: both, quote: both });
  });

  it('are in the people that consoles load for the same, and what is noted of a load names no others', async () => {
    expect(await readersOf((subject) => bodyOf(subject, 'loadPeople'))).toEqual(LISTED);
    for (const [subject, columns] of [
      ['protocol', ['flight']],
      ['communications', ['outlet']],
      ['tick see-people', []],
    ] as const) {
      await bodyOf(subject, 'loadPeople');
      const notes = await scan(parts, 'audit', { having: { eventId: ID, action: 'load-people' } });
      const last = notes.sort((a, b) => String(a['at']).localeCompare(String(b['at']))).at(-1);
      const named = QUESTIONS.map(({ id }) => id).filter((id) => JSON.stringify(last?.['columns']).includes(id));
      expect([subject, named]).toEqual([subject, columns]);
    }
  });

  it('are followed by cursor by the same, and loaded anew once a role is another', async () => {
    const before = JSON.parse((await bodyOf('tick see-people', 'loadPeople'))[1]);
    const { reach, cursor } = before;
    const { reference } = await event.registrationOf(event.comer);
    const rowOf = (body: typeof before) =>
      rowsIn(body.people).find((each: { reference: string }) => each.reference === reference);
    expect(rowOf(before)?.answers).not.toHaveProperty('flight');
    await event.amend(event.comer, { position: 'another position' });
    const follow = async (subject: string) => {
      const what = { ...event.callOf('loadPeople'), query: { cursor } };
      return JSON.parse((await askAs(subject, 'loadPeople', what)).body ?? '');
    };
    expect(rowOf(await follow('protocol'))?.answers).toMatchObject({ flight: ANSWERS['flight'] });
    const followed = await follow('tick see-people');
    expect(rowOf(followed)?.fullName).toBe(rowOf(before)?.fullName);
    expect(told(followed)).toEqual([]);
    expect([followed.reach, (await follow('tick protocol')).reach !== reach]).toEqual([reach, true]);
  });

  it('are in files for the same: a member who exports and may not read one gets no column of it', async () => {
    const { reference } = await event.registrationOf(event.comer);
    const file = (subject: string) => bodyOf(subject, 'exportAddresses', { references: [reference] });
    const mayExport = Object.keys(MEMBERS).filter((subject) => mayPassRoute(subject, 'exportAddresses'));
    expect(mayExport).toEqual(['owner', 'organiser', 'tick export']);
    expect(await readersOf(file)).toMatchObject({ hotel: ['owner', 'organiser'], quote: [] });
    const columns = async (subject: string) => told(await file(subject), (id) => `Title of ${id}`);
    expect([await columns('owner'), await columns('tick export')]).toEqual([['hotel'], []]);
  });

  it('are in no reply to who may not read them, of any route that members look at', async () => {
    const wrong: string[] = [];
    const right = new Set<RouteId>();
    const routes = Object.entries<Route>(ROUTES).filter(
      ([, route]) => route.auth === 'organiser' && methodsOf(route).includes('GET'),
    );
    const readers: Record<string, readonly string[]> = ALL;
    for (const [name] of routes) {
      const id = name as RouteId;
      for (const subject of Object.keys(MEMBERS).filter((each) => mayPassRoute(each, id))) {
        const answer = await askAs(subject, id, event.callOf(id));
        expect([id, subject, (answer.statusCode ?? 500) < 500]).toEqual([id, subject, true]);
        for (const each of told([answer.body, answer.headers])) {
          if (readers[each]?.includes(subject)) right.add(id);
          else wrong.push(`${each} by ${id} to ${subject}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect([...right].sort()).toEqual(['loadPeople', 'showOrganiserRegistration', 'showPersonPage']);
  });

  it('are in no reply of what members change either', async () => {
    const changes: readonly (readonly [RouteId, Record<string, unknown>])[] = [
      ['correctName', { fullName: 'Canary Comer' }],
      ['amendPerson', { tell: true, promised: { status: 'confirmed', seats: [], dropped: [] } }],
      ['replaceTicket', {}],
      ['revokeCertificate', { revoked: true }],
    ];
    for (const [id, body] of changes) {
      const may = Object.keys(MEMBERS).filter((subject) => mayPassRoute(subject, id));
      for (const subject of may) {
        const { revision } = await event.registrationOf(event.comer);
        const [status, said] = await bodyOf(subject, id, { ...body, revision });
        if (status === 404) continue;
        const expected = QUESTIONS.map((each) => each.id).filter((each) =>
          ALL[each as keyof typeof ALL].includes(subject),
        );
        expect([id, subject, status, told(said)]).toEqual([id, subject, 200, expected]);
      }
      expect(may.length).toBeGreaterThan(2);
    }
  });

  it('are in no mail, to the team or to anyone, and asked of nobody whom they do not concern: the form says who reads them', async () => {
    const { handler: outbox } = await import('../../functions/outbox/index.ts');
    const { handler: housekeeping } = await import('../../functions/housekeeping/index.ts');
    await housekeeping({} as never);
    await outbox(await outboxInserts(parts));
    const mails = await (await fetch(`${parts.mailbox.url}/messages`)).json();
    expect(mails.length).toBeGreaterThan(5);
    expect(told(mails)).toEqual([]);
    const form = (await call('showForm', { params: { eventId: ID } })).body ?? '';
    expect(form).toContain('Only owners, organisers, protocol, and others with this task see your answer.');
    expect(form).toContain('Only communications see your answer.');
  });

  it('are in the history of a person for the same alone, who else learns not even that they changed', async () => {
    const { reference } = await event.registrationOf(event.comer);
    const params = { eventId: ID, reference };
    const historyOf = async (subject: string) =>
      JSON.parse((await askAs(subject, 'showPersonPage', { params })).body ?? '').history ?? {};
    const changes = async (subject: string) => (await historyOf(subject)).changes?.length ?? 0;
    const before = await changes('tick see-people');
    const answers = Object.fromEntries(QUESTIONS.map(({ id }) => [id, 'otherwise']));
    expect((await event.amend(event.comer, { answers })).statusCode).toBe(200);
    expect(await readersOf(historyOf)).toEqual(ALL);
    expect(await changes('tick see-people')).toBe(before);
    expect((await event.amend(event.comer, { answers: ANSWERS })).statusCode).toBe(200);
  });

  it('are opened to nobody by a later version of the event, once registration has opened', async () => {
    const { publishingProblemsIn } = await import('../../cli/publish.ts');
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const [flight, ...others] = QUESTIONS;
    const wider = { ...flight, readers: ['protocol', 'communications'] } as Question;
    const paths = async (id: string, opensAt: string, changed: readonly Question[]): Promise<string[]> => {
      const before = forum({ id, questions: QUESTIONS, quotas: [] });
      await parts.publish({ ...before, registration: { ...before.registration, opensAt } });
      const found = await publishingProblemsIn({ ...before, questions: changed }, deps);
      return found.map(({ path }) => path.join('.')).filter((path) => path.startsWith('questions'));
    };
    const [past, later] = ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'];
    expect(await paths('wider', past, [wider, ...others])).toEqual(['questions.0.readers']);
    expect(await paths('wider-later', later, [wider, ...others])).toEqual([]);
    expect(await paths('wider-same', past, QUESTIONS)).toEqual([]);
  });

  it('are opened by no question that was taken out and comes back, nor by registration that opens once more later', async () => {
    const { publishingProblemsIn } = await import('../../cli/publish.ts');
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const [flight, ...others] = QUESTIONS;
    const { readers: _, ...forAll } = flight as Question;
    const wider = [{ ...forAll, readers: ['protocol', 'communications'] } as Question, ...others];
    const before = forum({ id: 'wider-back', questions: QUESTIONS, quotas: [] });
    const opening = (opensAt: string) => ({ registration: { ...before.registration, opensAt } });
    const found = async (questions: readonly Question[]): Promise<string[]> => {
      const problems = await publishingProblemsIn({ ...before, questions }, deps);
      return problems.map(({ path }) => path.join('.')).filter((path) => path.startsWith('questions'));
    };
    await parts.publish({ ...before, ...opening('2020-01-01T00:00:00Z') });
    await parts.publish({ ...before, ...opening('2020-01-01T00:00:00Z'), questions: others });
    for (const questions of [wider, [forAll, ...others]])
      expect(await found(questions)).toEqual(['questions.0.readers']);
    expect(await found(QUESTIONS)).toEqual([]);
    // Another version between, and registration that is to open once more.
    await parts.publish({ ...before, ...opening('2099-01-01T00:00:00Z'), questions: others });
    await parts.publish({ ...before, ...opening('2099-01-01T00:00:00Z'), questions: others, version: 9 });
    expect(await found(wider)).toEqual(['questions.0.readers']);
    const { changed } = await parts.publish({ ...before, ...opening('2099-01-01T00:00:00Z'), questions: others });
    expect(changed, 'the same file again').toBe(false);
    const shown = await call('getEvent', { params: { eventId: before.id } });
    expect(shown.statusCode).toBe(200);
    expect(shown.body).not.toContain('promisedReaders');
  });

  it('are promised to nobody any more once all answers are deleted', async () => {
    const { publishingProblemsIn } = await import('../../cli/publish.ts');
    const deps = { dynamodb: parts.database.client, tableName: parts.database.tables.registry };
    const past = forum({ id: 'wider-anew', questions: QUESTIONS, quotas: [], sessions: [], resources: [] });
    const days = past.days.map((day, nth) => ({ ...day, date: `2020-01-0${nth + 1}` }));
    const registration = { ...past.registration, opensAt: '2019-01-01T00:00:00Z', closesAt: '2019-12-01T00:00:00Z' };
    await parts.publish({ ...past, days, registration });
    await parts.publish({ ...past, questions: [] });
    const [flight, ...others] = QUESTIONS;
    const { readers: _, ...forAll } = flight as Question;
    const found = await publishingProblemsIn({ ...past, questions: [forAll, ...others] }, deps);
    expect(found.filter(({ path: [part] }) => part === 'questions')).toEqual([]);
  });
});
