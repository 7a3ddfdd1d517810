import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import type { realDeps as realCare } from '../../functions/care/index.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { solveChallenge } from '../../web/site/script/solve-challenge.ts';
import { call, postForm } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, auditOf, grantTeam, identityOf, leave, type TeamMember } from '../support/team.ts';

type Deps = ReturnType<typeof realCare>;

const HOUR = 60 * 60 * 1000;
const CONTACT = 'safeguarding@copforum.example.org';
const DEPUTY = 'deputy@children.example.org';

let parts: Parts;
let deps: Deps;
let eventId: string;
let events = 0;

beforeAll(async () => {
  parts = await startParts();
  deps = (await import('../../functions/care/index.ts')).realDeps();
});
afterAll(() => parts?.stop());

beforeEach(async () => {
  events += 1;
  eventId = `event-${events}`;
  await parts.publish(forum({ id: eventId }));
  await grantTeam(parts, eventId);
  await grant('secondSafeguarding', [{ role: 'safeguarding', vettedUntil: '2099-12-31' }], 'reader@example.org');
});

const grant = (subject: TeamMember, grants: readonly RoleGrant[], email?: string) =>
  grantRoles(
    { eventId, identity: identityOf(subject), label: subject, grants, email },
    { dynamodb: parts.database.client, tableName: parts.database.tables.registry },
  );

interface Typed {
  readonly contact?: string;
  readonly aboutOrganiser?: 'yes';
  readonly proof?: string;
}

/** Reports something and returns its reference. */
async function report(what: string, more: Typed = {}): Promise<string> {
  const fields = Object.entries({ what, contact: '', ...more });
  const { statusCode, headers } = await call('postReport', { params: { eventId }, ...postForm(fields) });
  expect(statusCode).toBe(303);
  return new URL(String(headers?.['location']), 'https://forum.test').searchParams.get('sent') ?? '';
}

async function solved(): Promise<string> {
  const { body = '' } = await call('showReport', { params: { eventId } });
  const [, text = ''] = /data-challenge="([^"]*)"/.exec(body) ?? [];
  const challenge = JSON.parse(text.replaceAll('&quot;', '"'));
  const solution = await solveChallenge(challenge.parameters);
  return btoa(JSON.stringify({ challenge, solution }));
}

const list = async (who: TeamMember = 'safeguarding', from?: string) => {
  const { status, body } = await ask(who, 'listReports', {
    params: { eventId },
    ...(from && { query: { cursor: from } }),
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { reports: { reference: string; more: number; [name: string]: unknown }[]; next?: string };
};
const references = async (who?: TeamMember) => (await list(who)).reports.map(({ reference }) => reference);
const read = (reference: string, who: TeamMember = 'safeguarding') =>
  ask(who, 'readReport', { params: { eventId, reference } });
const step = (reference: string, state: string, after = 0, who: TeamMember = 'safeguarding') =>
  ask(who, 'stepReport', { params: { eventId, reference }, body: { state, after } });

async function mailed(kind = 'report-received'): Promise<string[]> {
  const items = (await scan(parts, 'outbox')).filter((each) => each['eventId'] === eventId && each['kind'] === kind);
  return items.map(({ to }) => String(to)).sort();
}

const later = (milliseconds: number): Deps => ({
  ...deps,
  system: { ...deps.system, now: () => new Date(Date.now() + milliseconds) },
});
const watch = async (of: Deps = deps) =>
  (await import('../../shared/minors/report/watch-reports.case.ts')).watchReports(of, eventId);

describe('CS23: who is told of a report', () => {
  it('are the contact, readers and the deputy, once each until they look; the secretariat is not', async () => {
    await report('The first');
    const all = [DEPUTY, 'reader@example.org', CONTACT];
    expect(await mailed()).toEqual(all);
    for (const n of [2, 3, 4]) await report(`Number ${n}`);
    expect(await mailed()).toEqual(all);

    await list('secondSafeguarding');
    await report('After a reader looked');
    expect(await mailed()).toEqual([DEPUTY, 'reader@example.org', 'reader@example.org', CONTACT, CONTACT]);
    await report('And another one');
    expect(await mailed()).toHaveLength(5);
    await list('deputy');
    await report('After the deputy looked');
    expect((await mailed()).filter((to) => to === DEPUTY)).toHaveLength(2);
  });

  it('is the deputy alone, where it is about an organiser', async () => {
    await report('One of the organisers shouts at children', { aboutOrganiser: 'yes' });
    expect(await mailed()).toEqual([DEPUTY]);
  });

  it('is nobody at the address of the secretariat, whoever reads there', async () => {
    const email = forum().secretariat.email.toUpperCase();
    await grant('secondSafeguarding', [{ role: 'safeguarding', vettedUntil: '2099-12-31' }], email);
    await report('Something');
    expect(await mailed()).toEqual([DEPUTY, CONTACT]);
  });

  it('is told by the timer, where no mail came of it', async () => {
    const reference = await report('Kept, and nobody told');
    const { care } = parts.database.tables;
    const waiting = await scan(parts, 'care', { having: { pk: `REPORT-NOTICES#${eventId}` } });
    expect(waiting).toHaveLength(3);
    // As after a look between the two.
    for (const item of waiting) {
      const Item = { ...item, seenAt: '2020-01-01T00:00:00.000Z' };
      await documentClient(parts.database.client).send(new PutCommand({ TableName: care, Item }));
    }
    await watch();
    expect(await mailed()).toHaveLength(6);
    await watch();
    expect(await mailed()).toHaveLength(6);
    await read(reference);
    for (const who of ['safeguarding', 'secondSafeguarding', 'deputy'] as const) await list(who);
    await watch();
    expect(await mailed()).toHaveLength(6);
  });

  it('is, once nobody of safeguarding reads any more, the deputy and the contact, once, also before registration opens', async () => {
    const gone = () => mailed('readers-gone');
    const nobodyReads = async () =>
      (await ask('organiser', 'showUnopenedReports', { params: { eventId } })).body.nobodyReads;
    const opens = Date.parse(forum().registration.opensAt);
    const before = later(opens - Date.now() - 24 * HOUR);
    await watch(before);
    expect([await gone(), await nobodyReads()]).toEqual([[], undefined]);
    await leave(parts, eventId, 'safeguarding');
    await watch(before);
    expect(await gone()).toEqual([]);
    await leave(parts, eventId, 'secondSafeguarding');
    expect(await nobodyReads()).toBe(true);
    for (const _ of [1, 2]) await watch(before);
    expect(await gone()).toEqual([DEPUTY, CONTACT]);
    // A reader comes, and goes: it is told again.
    await grant('safeguarding', [{ role: 'safeguarding', vettedUntil: '2099-12-31' }]);
    await watch(before);
    expect(await nobodyReads()).toBeUndefined();
    await leave(parts, eventId, 'safeguarding');
    await watch(later(opens - Date.now() - 23 * HOUR));
    expect(await gone()).toHaveLength(4);
  });

  it('is, once nobody reads any more what is about organisers, the deputy, the contact and readers, once', async () => {
    const gone = () => mailed('deputies-gone');
    const overview = async () => (await ask('organiser', 'showUnopenedReports', { params: { eventId } })).body;
    const all = [DEPUTY, 'reader@example.org', CONTACT];
    await grant('organiser', [{ role: 'organiser' }], 'organiser@example.org');
    await grant('lapsedSafeguarding', [{ role: 'safeguarding', vettedUntil: '2020-12-31' }], 'lapsed@example.org');
    await watch();
    expect([await gone(), await overview()]).toEqual([[], {}]);
    await leave(parts, eventId, 'deputy');
    expect(await overview()).toEqual({ nobodyReadsAboutOrganisers: true });
    for (const _ of [1, 2]) await watch();
    expect(await gone()).toEqual(all);
    // One comes, and becomes an organiser: what is about organisers is not for them any more.
    await grant('deputy', [{ role: 'safeguarding', deputy: true }]);
    await watch();
    expect(await overview()).toEqual({});
    await grant('deputy', [{ role: 'organiser' }, { role: 'safeguarding', deputy: true }]);
    for (const _ of [1, 2]) await watch();
    expect(await gone()).toEqual([...all, ...all].sort());
    expect(await mailed('readers-gone')).toEqual([]);
  });

  it('is told once of a deputy who has gone, wherever the timer stopped, and again of one who came meanwhile', async () => {
    const gone = () => mailed('deputies-gone');
    const all = [DEPUTY, 'reader@example.org', CONTACT];
    const { reportNotices } = deps;
    /** Stops at the call of that number. */
    const watchUntil = (stopsAt: number) => {
      let calls = 0;
      const orStop =
        <Of extends unknown[], What>(use: (...of: Of) => Promise<What>) =>
        async (...of: Of) => {
          calls += 1;
          if (calls >= stopsAt) throw new Error('stopped');
          return use(...of);
        };
      const { mail, noteSeen } = reportNotices;
      return watch({ ...deps, reportNotices: { ...reportNotices, mail: orStop(mail), noteSeen: orStop(noteSeen) } });
    };
    await watch();
    await leave(parts, eventId, 'deputy');
    for (const stopsAt of [1, 2, 2, 1, 2]) await expect(watchUntil(stopsAt)).rejects.toThrow('stopped');
    expect(await gone()).toEqual(all);
    for (const _ of [1, 2]) await watch();
    expect(await gone()).toEqual(all);
    for (const [stopsAt, told] of [
      [2, 1],
      [4, 3],
    ] as const) {
      const before = (await gone()).length;
      await grant('deputy', [{ role: 'safeguarding', deputy: true }]);
      await watch();
      await leave(parts, eventId, 'deputy');
      await expect(watchUntil(stopsAt)).rejects.toThrow('stopped');
      expect(await gone()).toHaveLength(before + told);
      await grant('deputy', [{ role: 'safeguarding', deputy: true }]);
      await watch();
      await leave(parts, eventId, 'deputy');
      await watch();
      expect(await gone()).toHaveLength(before + told + 3);
    }
  });

  it('gets each of these mails, whatever it is about', async () => {
    await watch();
    for (const who of ['safeguarding', 'secondSafeguarding', 'deputy'] as const) await leave(parts, eventId, who);
    await watch();
    const { handler } = await import('../../functions/outbox/index.ts');
    const inserts = await outboxInserts(parts);
    expect(await asFunction('outbox', () => handler(inserts))).toEqual({ batchItemFailures: [] });
    const kinds = ['vetting-lapsed', 'readers-gone', 'deputies-gone'];
    const told = (await scan(parts, 'outbox')).filter((each) => each['eventId'] === eventId);
    const states = kinds.map((kind) => new Set(told.filter((each) => each['kind'] === kind).map(({ state }) => state)));
    expect(states).toEqual(kinds.map(() => new Set(['sent'])));
  });

  it('is nobody after the end of retention, whoever has gone', async () => {
    await watch();
    for (const who of ['safeguarding', 'secondSafeguarding', 'deputy'] as const) await leave(parts, eventId, who);
    await watch(later(retentionEnd(forum()) * 1000 - Date.now()));
    expect([await mailed('readers-gone'), await mailed('deputies-gone')]).toEqual([[], []]);
    await watch();
    expect([await mailed('readers-gone'), await mailed('deputies-gone')]).toEqual(Array(2).fill([DEPUTY, CONTACT]));
  });

  it('is nobody, where nobody was named yet', async () => {
    eventId = `event-new-${events}`;
    await parts.publish(forum({ id: eventId }));
    await watch();
    expect([await mailed('readers-gone'), await mailed('deputies-gone')]).toEqual([[], []]);
  });

  it('is, of a vetting that has run out, the deputy, once; the form stays, and the deputy reads', async () => {
    await watch();
    // `grantTeam` has one whose vetting ran out.
    expect(await mailed('vetting-lapsed')).toEqual([DEPUTY]);
    await watch();
    expect(await mailed('vetting-lapsed')).toEqual([DEPUTY]);
    for (const who of ['safeguarding', 'secondSafeguarding'] as const) {
      await grant(who, [{ role: 'safeguarding', vettedUntil: '2027-11-02' }], `${who}@example.org`);
    }
    await watch();
    expect(await mailed('vetting-lapsed')).toEqual([DEPUTY, DEPUTY, DEPUTY]);
    expect((await call('showReport', { params: { eventId } })).statusCode).toBe(200);
    const reference = await report('After the last vetting ran out');
    expect(await mailed()).toEqual([DEPUTY, CONTACT]);
    expect((await read(reference)).status).toBe(403);
    expect((await read(reference, 'deputy')).body).toMatchObject({ what: 'After the last vetting ran out' });
  });
});

describe('CS23: a report about an organiser', () => {
  it('is there for the deputy alone', async () => {
    const reference = await report('An organiser asks children for their numbers', { aboutOrganiser: 'yes' });
    const other = await report('Somebody else does');
    expect((await list('deputy')).reports).toMatchObject([
      { reference: other, aboutOrganiser: false },
      { reference, aboutOrganiser: true },
    ]);
    expect((await read(reference, 'deputy')).body).toMatchObject({ what: expect.any(String), aboutOrganiser: true });
    expect((await step(reference, 'looked-at', 0, 'deputy')).status).toBe(200);
    for (const who of ['safeguarding', 'secondSafeguarding'] as const) {
      expect(await references(who)).toEqual([other]);
      const alike = await ask(who, 'listAlikeReports', { params: { eventId, reference } });
      for (const answer of [await read(reference, who), await step(reference, 'handled', 1, who), alike]) {
        expect(answer.status).toBe(404);
      }
    }
  });

  it('is not for a deputy who is an organiser too', async () => {
    const reference = await report('About whom it reaches', { aboutOrganiser: 'yes' });
    await grant('deputy', [{ role: 'organiser' }, { role: 'safeguarding', deputy: true }]);
    expect(await references('deputy')).toEqual([]);
    expect((await read(reference, 'deputy')).status).toBe(404);
  });

  it('is not beside those that say the same of others', async () => {
    await report('He shouts.');
    await report('HE SHOUTS', { aboutOrganiser: 'yes' });
    expect((await list('deputy')).reports).toMatchObject([{ more: 0 }, { more: 0 }]);
    expect((await list()).reports).toMatchObject([{ more: 0 }]);
  });
});

describe('CS23: a report that nobody opened', () => {
  const SECRETARIAT: readonly object[] = [{ role: 'organiser' }];
  const unopened = async (milliseconds: number, grants = SECRETARIAT) => {
    const { showUnopenedReports } = await import('../../shared/minors/report/report.case.ts');
    const caller = { id: 'member', ticks: [], grants } as never;
    const request = { params: { eventId }, query: {}, language: 'en', headers: {}, path: '/', body: undefined };
    const { body } = (await showUnopenedReports(later(milliseconds))(request as never, caller)) as { body: unknown };
    return body;
  };

  it.each(['deputy', 'safeguarding'] as const)(
    'is told to the secretariat after four hours, and not what it says, unless the %s has opened it',
    async (who) => {
      const first = await report('Wait for me');
      const second = await report('And for me');
      expect(await unopened(3.9 * HOUR)).toEqual({});
      expect(await unopened(4 * HOUR)).toEqual({ since: expect.any(String) });
      await list(who);
      expect(await unopened(4 * HOUR)).toEqual({ since: expect.any(String) });
      await read(first, who);
      await read(second, who);
      expect(await unopened(400 * HOUR)).toEqual({});
    },
  );

  it('waits for its readers at once, where they may read it', async () => {
    const vetted = { role: 'safeguarding', vettedUntil: '2099-12-31' };
    const lapsed = { role: 'safeguarding', vettedUntil: '2020-12-31' };
    const deputy = { role: 'safeguarding', deputy: true };
    await report('An organiser', { aboutOrganiser: 'yes' });
    expect(await unopened(0, [vetted])).toEqual({});
    expect(await unopened(0, [deputy])).toEqual({ toRead: expect.any(String) });
    const reference = await report('Somebody');
    expect(await unopened(0, [vetted])).toEqual({ toRead: expect.any(String) });
    expect(await unopened(4 * HOUR, [lapsed])).toEqual({});
    expect(await unopened(4 * HOUR, [vetted, ...SECRETARIAT])).toMatchObject({
      ...{ toRead: expect.any(String), since: expect.any(String) },
    });
    await read(reference, 'safeguarding');
    expect(await unopened(4 * HOUR, [vetted])).toEqual({});
  });

  it('is, about an organiser, one too', async () => {
    const reference = await report('An organiser', { aboutOrganiser: 'yes' });
    expect(await unopened(4 * HOUR)).toEqual({ since: expect.any(String) });
    await read(reference, 'deputy');
    expect(await unopened(4 * HOUR)).toEqual({});
  });

  it('is asked for by organisers and those who read reports only', async () => {
    for (const who of ['organiser', 'safeguarding', 'deputy'] as const) {
      const answer = await ask(who, 'showUnopenedReports', { params: { eventId } });
      expect([answer.status, answer.body], who).toEqual([200, {}]);
    }
    for (const who of ['care', 'thailand'] as const) {
      expect((await ask(who, 'showUnopenedReports', { params: { eventId } })).status).toBe(403);
    }
  });

  it('is opened by one first, whom it names, however many look after them', async () => {
    const reference = await report('Who opens me');
    const answers = await Promise.all([
      read(reference, 'deputy'),
      read(reference),
      read(reference, 'secondSafeguarding'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body } = await read(reference);
    expect(['deputy', 'safeguarding', 'secondSafeguarding']).toContain(body.openedBy);
    for (const answer of answers) expect(answer.body.openedAt).toBe(body.openedAt);
    expect((await auditOf(parts, eventId)).filter((each) => each === `read-report ${reference}`)).toHaveLength(4);
    expect((await list()).reports).toMatchObject([{ reference, openedAt: body.openedAt }]);
  });
});

describe('CS23: the list of reports', () => {
  it('has those that cost their sender some work above those that did not; a proof counts once', async () => {
    const proof = await solved();
    const proven = await report('With a proof', { proof });
    const bare = await report('Without a proof');
    const spent = await report('With a proof that was spent', { proof });
    const made = await report('With a proof that is none', { proof: 'made up' });
    const { reports } = await list();
    expect(reports.map(({ reference }) => reference)).toEqual([proven, made, spent, bare]);
    expect(reports.map((each) => each['proven'])).toEqual([true, false, false, false]);
  });

  it('shows those alike once; one that differs in a sentence stands alone', async () => {
    const first = await report('A man waits at the lift. He has a camera.');
    const alike = [
      await report('a MAN waits at the lift! He has a camera'),
      await report('He has a camera.\nA man waits, at the lift.'),
      await report('A man waits at the lift. He has a camera. He has a camera.', { contact: 'me@example.org' }),
    ];
    const other = await report('A man waits at the lift. He has a camera. He took my sister.');
    const less = await report('A man waits at the lift.');
    const { reports } = await list();
    expect(reports.map(({ reference, more }) => [reference, more])).toEqual([
      [less, 0],
      [other, 0],
      [first, 3],
    ]);
    const shown = await ask('safeguarding', 'listAlikeReports', { params: { eventId, reference: first } });
    expect(shown.body.reports.map((each: { reference: string }) => each.reference)).toEqual(alike);
    expect((await read(alike[2] ?? '')).body).toMatchObject({ contact: 'me@example.org', group: first });
  });

  it('counts what a program numbers as alike, and not what people number who did some work', async () => {
    for (const n of [1, 2, 3]) await report(`Message ${n} of x${n}y`);
    const [one, two] = [await solved(), await solved()];
    await report('It was in room 214', { proof: one });
    await report('It was in room 215', { proof: two });
    expect((await list()).reports.map(({ more }) => more)).toEqual([0, 0, 2]);
  });

  it('opens a new group once one is handled', async () => {
    const first = await report('The same again.');
    await report('the same again');
    await step(first, 'handled');
    const anew = await report('THE SAME AGAIN');
    expect((await list()).reports).toMatchObject([
      { reference: anew, state: 'new', more: 0 },
      { reference: first, state: 'handled', more: 1 },
    ]);
    await step(first, 'looked-at', 1);
    expect((await list()).reports).toMatchObject([{ reference: anew }, { reference: first, state: 'looked-at' }]);
  });

  it('has pages of 50, on which each stands once, in order', async () => {
    const sent: string[] = [];
    const word = (n: number) => String.fromCodePoint(...[...String(n)].map((digit) => 0x61 + Number(digit)));
    for (let n = 0; n < 120; n += 1) {
      const about = n % 3 === 0 ? ({ aboutOrganiser: 'yes' } as const) : {};
      sent.unshift(await report(`This is ${word(n)}`, about));
    }
    const first = await list('deputy');
    const second = await list('deputy', first.next);
    const third = await list('deputy', second.next);
    expect([first, second, third].map(({ reports }) => reports.length)).toEqual([50, 50, 20]);
    expect(third.next).toBeUndefined();
    const all = [first, second, third].flatMap(({ reports }) => reports.map(({ reference }) => reference));
    expect(all).toEqual(sent);
    const answer = await ask('deputy', 'listReports', { params: { eventId }, query: { cursor: 'anything' } });
    expect(answer.status).toBe(422);
  });

  it('has what was kept before there was one, too', async () => {
    const { care } = parts.database.tables;
    const older = { v: 1, eventId, reference: '7K3M9QX2AB', what: 'Of long ago', language: 'en', steps: [] };
    const Item = { pk: `REPORT#${eventId}`, sk: older.reference, ...older, receivedAt: '2026-11-02T00:00:00.000Z' };
    const put = new PutCommand({ TableName: care, Item: { ...Item, expiresAt: 1_900_000_000 } });
    await documentClient(parts.database.client).send(put);
    const recent = await report('Of now');
    expect(await references()).toEqual([recent, older.reference]);
    expect((await read(older.reference)).body).toMatchObject({ what: 'Of long ago', state: 'new' });
    expect((await step(older.reference, 'handled')).status).toBe(200);
    expect(await references()).toEqual([recent, older.reference]);
  });
});

describe('CS17: the page of the form', () => {
  it('says whom to call, how to leave, and that it may be about an organiser; it needs no script', async () => {
    const { body = '', statusCode } = await call('showReport', { params: { eventId } });
    expect(statusCode).toBe(200);
    for (const number of ['117', '119', '1280']) expect(body).toContain(`<a href="tel:${number}">${number}</a>`);
    expect(body).toMatch(/<a class="button" href="https:\/\/[^"]+" rel="noreferrer" data-leave>Leave this page<\/a>/);
    expect(body).toContain('name="aboutOrganiser"');
    const { body: sent = '' } = await call('showReport', {
      params: { eventId },
      query: { sent: await report('Sent') },
    });
    expect(sent).toContain('Leave this page');
    expect(sent).toContain('tel:117');
  });

  it('leads whoever leaves it in haste to the address that the event names, by a form and once it was sent', async () => {
    const id = `${eventId}-elsewhere`;
    const { safeguarding } = forum();
    if (safeguarding === undefined) throw new Error('the forum has no safeguarding contact');
    await parts.publish(forum({ id, safeguarding: { ...safeguarding, leaveTo: 'https://weather.example.org/' } }));
    for (const query of [undefined, { sent: '7K3M9QX2AB' }]) {
      const { body = '' } = await call('showReport', { params: { eventId: id }, ...(query && { query }) });
      expect(body).toContain('href="https://weather.example.org/" rel="noreferrer" data-leave');
    }
  });

  it('promises nobody where the event names nobody', async () => {
    const { safeguarding: _, minors: __, ...rest } = forum({ id: `${eventId}-bare` });
    const categories = rest.categories.map(({ minors: ___, ...category }) => category);
    await parts.publish({ ...rest, categories });
    const params = { eventId: `${eventId}-bare` };
    const { body = '' } = await call('showReport', { params });
    expect(body).not.toContain('name="aboutOrganiser"');
    const answer = await call('postReport', { params, ...postForm([['what', 'To nobody']]) });
    expect(answer.statusCode).toBe(303);
    const { body: sent } = await call('showReport', { params, query: { sent: '7K3M9QX2AB' } });
    expect(sent).toContain('names nobody whom we could tell');
  });
});
