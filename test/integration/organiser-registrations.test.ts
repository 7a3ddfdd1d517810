import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { DECLINE_REASONS } from '../../shared/registration/decide/approval.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { readRegistry, registrationsTo, scan } from '../support/registry.ts';
import { recordsOf } from '../support/stream.ts';
import { ask, auditOf, grantTeam, listed, type TeamMember } from '../support/team.ts';

let parts: Parts;
let outbox: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

beforeAll(async () => {
  parts = await startParts();
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
});
afterAll(() => parts?.stop());

/** An event of its own for each test, whose media need approval. */
async function event(id: string, changes: Partial<EventDefinition> = {}): Promise<void> {
  await parts.publish(forum({ id, questions: [], ...changes }));
  await grantTeam(parts, id);
}

async function register(eventId: string, email: string, changes: Record<string, unknown> = {}): Promise<Registration> {
  const sent = submission({ email, category: 'media', ...changes });
  expect((await call('submitRegistration', { params: { eventId }, ...postJson(sent) })).statusCode).toBe(202);
  return stored(eventId, email);
}

async function stored(eventId: string, email: string): Promise<Registration> {
  const found = (await registrationsTo(parts, eventId, email))[0];
  if (found === undefined) throw new Error(`${email} is not registered`);
  return found;
}

/** What a later flow writes of someone under 18. */
async function makeMinor({ eventId, reference }: Registration): Promise<void> {
  await DynamoDBDocumentClient.from(parts.database.client).send(
    new UpdateCommand({
      TableName: parts.database.tables.registry,
      Key: registrationKey(eventId, reference),
      UpdateExpression: 'SET ageBand = :minor',
      ExpressionAttributeValues: { ':minor': 'minor' },
    }),
  );
}

const messagesTo = (email: string) => scan(parts, 'outbox', { having: { to: email } });
const kindsTo = async (email: string) => (await messagesTo(email)).map(({ kind }) => String(kind)).sort();
const at = (eventId: string, reference: string) => ({ params: { eventId, reference } });

describe('the list', () => {
  it('shows a focal point their own, an organiser everyone, and a member without a part in deciding nobody', async () => {
    const id = 'list';
    await event(id);
    const thai = await register(id, 'one@list.example.org', { fullName: 'Renée Đặng', organisation: 'Sample Daily' });
    const lao = await register(id, 'two@list.example.org', { country: 'LA', category: 'academia' });
    const references = async (who: Parameters<typeof ask>[0]) =>
      (await listed(who, id)).map(({ reference }) => reference).sort();
    expect(await references('organiser')).toEqual([thai.reference, lao.reference].sort());
    expect(await references('thailand')).toEqual([thai.reference]);
    for (const who of ['safeguarding', 'care'] as const) {
      expect((await ask(who, 'loadPeople', { params: { eventId: id } })).status, who).toBe(403);
    }
  });

  it('says of one in an event that has moved online that they take part online, and had asked to come', async () => {
    const id = 'listed-online';
    await event(id);
    const { reference } = await register(id, 'room@listed-online.example.org');
    const { version, ...definition } = forum({ id, questions: [], status: 'moved-online' });
    await parts.publish({ ...definition, version: version + 1 });
    const shown = await ask('organiser', 'showOrganiserRegistration', at(id, reference));
    expect(shown.body).toMatchObject({ mode: 'online', wished: 'in-person' });
  });
});

describe('one registration', () => {
  it('beyond the reach of a focal point does not exist for them, whatever they try', async () => {
    const id = 'reach';
    await event(id);
    const { reference, revision } = await register(id, 'one@reach.example.org');
    const shown = await ask('thailand', 'showOrganiserRegistration', at(id, reference));
    expect(shown.body).toMatchObject({ reference, fullName: 'Somchai Sample', seats: [], approved: false });
    expect(JSON.stringify(shown.body)).not.toMatch(/ticket|linkVersion/);
    const decide = { ...at(id, reference), body: { decision: 'approve', revision } };
    const someone = { fullName: 'Other', email: 'other@reach.example.org', position: 'Editor', revision };
    const answers = [
      await ask('laos', 'showOrganiserRegistration', at(id, reference)),
      await ask('laos', 'decideRegistration', decide),
      await ask('laos', 'substituteRegistration', { ...at(id, reference), body: someone }),
      await ask('laos', 'makeFreshLink', at(id, reference)),
      await ask('laos', 'showOrganiserRegistration', at(id, '2222222222')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await stored(id, 'one@reach.example.org')).toMatchObject({ revision, status: 'pending-approval' });
    expect(await auditOf(parts, id)).toEqual([]);
  });

  it('of someone under 18 is seen by those only who were vetted, and that is noted', async () => {
    const id = 'minors';
    await event(id);
    const child = await register(id, 'child@minors.example.org');
    await makeMinor(child);
    const seen = async (who: Parameters<typeof ask>[0]) =>
      (await ask(who, 'showOrganiserRegistration', at(id, child.reference))).status;
    for (const who of ['organiser', 'thailand'] as const) expect([who, await seen(who)]).toEqual([who, 404]);
    expect(await auditOf(parts, id)).toEqual([]);
    for (const who of ['vettedOrganiser', 'safeguarding'] as const) expect([who, await seen(who)]).toEqual([who, 200]);
    expect(await listed('vettedOrganiser', id)).toEqual([]);
    const read = `read-minor ${child.reference}`;
    expect(await auditOf(parts, id)).toEqual([read, read, 'load-people']);
  });
});

describe('a decision', () => {
  it('to approve takes a seat or a place in the waiting list, and tells the person', async () => {
    const id = 'approve';
    const [room] = forum().quotas;
    if (room === undefined) throw new Error('the forum has no quota');
    await event(id, { quotas: [{ ...room, capacity: 1 }] });
    for (const name of ['first', 'second']) {
      const { reference, revision } = await register(id, `${name}@approve.example.org`);
      const body = { decision: 'approve', revision };
      const answer = await ask('thailand', 'decideRegistration', { ...at(id, reference), body });
      expect(answer).toMatchObject({ status: 200, body: { approved: true } });
      const again = await ask('thailand', 'decideRegistration', { ...at(id, reference), body });
      expect(again.body).toEqual(answer.body);
    }
    const { counters } = await readRegistry(parts, id);
    expect([...counters.values()]).toEqual([{ capacity: 1, taken: 1, waiting: 1 }]);
    expect(await kindsTo('first@approve.example.org')).toEqual(expect.arrayContaining(['confirmed']));
    expect(await kindsTo('second@approve.example.org')).toEqual(expect.arrayContaining(['waitlisted']));
    expect((await auditOf(parts, id)).map((entry) => entry.split(' ')[0])).toEqual(['approve', 'approve']);
  });

  it('to take a decline back: as if registered just now, told by mail, noted, twice as good as once', async () => {
    const id = 'take-back';
    await event(id);
    const waits = await register(id, 'waits@take-back.example.org');
    const seated = await register(id, 'seated@take-back.example.org', { category: 'academia' });
    const decide = async ({ reference }: Registration, decision: string, revision: number) =>
      ask('organiser', 'decideRegistration', { ...at(id, reference), body: { decision, revision } });
    for (const [one, status] of [
      [waits, 'pending-approval'],
      [seated, 'confirmed'],
    ] as const) {
      const { revision } = (await decide(one, 'decline', one.revision)).body;
      expect((await decide(one, 'take-back', revision - 1)).body.type).toContain('changed-meanwhile');
      const answers = [await decide(one, 'take-back', revision), await decide(one, 'take-back', revision)];
      expect(answers.map(({ status: code, body }) => [code, body.status])).toEqual([
        [200, status],
        [200, status],
      ]);
      const after = await stored(id, one.email);
      expect(after.decisionNote).toBeUndefined();
      expect(after.ticketId).not.toBe(one.ticketId);
      expect((await kindsTo(one.email)).filter((kind) => kind === status)).toHaveLength(2);
      const formers = (await messagesTo(one.email)).flatMap(({ former }) => (former === undefined ? [] : [former]));
      expect(formers, 'the mail knows what was taken back').toEqual([expect.objectContaining({ status: 'declined' })]);
    }
    expect((await stored(id, seated.email)).seats.length).toBe(seated.seats.length);
    expect((await auditOf(parts, id)).filter((entry) => entry.startsWith('take-back-decline '))).toHaveLength(2);
    const again = submission({ email: waits.email, category: 'media', fullName: 'Another Name' });
    await call('submitRegistration', { params: { eventId: id }, ...postJson(again) });
    expect((await readRegistry(parts, id)).registrations, 'the address is held again').toHaveLength(2);
  });

  it('to take a decline back is refused where it cannot be as before', async () => {
    const id = 'not-taken-back';
    await event(id);
    const declined = async (email: string, country = 'TH') => {
      const { reference, revision } = await register(id, email, { country });
      const body = { decision: 'decline', revision };
      await ask('organiser', 'decideRegistration', { ...at(id, reference), body });
      return stored(id, email);
    };
    const takeBack = async ({ reference, revision }: Registration, who: Parameters<typeof ask>[0] = 'organiser') => {
      const what = { ...at(id, reference), body: { decision: 'take-back', revision } };
      const { status, body } = await ask(who, 'decideRegistration', what);
      return [status, String(body.type).split(/[/:#]/).at(-1)];
    };
    const pending = await register(id, 'pending@not-taken-back.example.org');
    expect((await takeBack(pending))[0], 'nothing was declined').toBe(200);
    expect((await stored(id, pending.email)).revision).toBe(pending.revision);
    const anew = await declined('anew@not-taken-back.example.org');
    await register(id, anew.email);
    expect(await takeBack(anew)).toEqual([409, 'registered-anew']);
    const young = await declined('young@not-taken-back.example.org');
    await makeMinor(young);
    expect(await takeBack(young, 'vettedOrganiser')).toEqual([409, 'not-taken-back']);
    const late = await declined('late@not-taken-back.example.org', 'VN');
    expect(await takeBack(late, 'thailand')).toEqual([404, 'not-found']);
    const registration = {
      ...forum().registration,
      closesAt: '2026-01-02T00:00:00.000Z',
      opensAt: '2026-01-01T00:00:00.000Z',
    };
    await parts.publish({ ...forum({ id, questions: [], registration }), version: 2 });
    expect(await takeBack(late)).toEqual([409, 'registration-closed']);
    expect((await stored(id, late.email)).status).toBe('declined');
  });

  it('to decline gives back what is held, frees the address and shows the note', async () => {
    const id = 'decline';
    await event(id);
    const { reference, revision } = await register(id, 'one@decline.example.org', { category: 'academia' });
    const body = { decision: 'decline', note: '  Sorry,\nnext year. ', revision };
    const answer = await ask('organiser', 'decideRegistration', { ...at(id, reference), body });
    expect(answer.body).toMatchObject({ status: 'declined', seats: [], decisionNote: 'Sorry,\nnext year.' });
    const { counters, locks } = await readRegistry(parts, id);
    expect([[...counters.values()].every(({ taken }) => taken === 0), locks]).toEqual([true, []]);
    expect(await kindsTo('one@decline.example.org')).toEqual(expect.arrayContaining(['declined']));
    const long = { decision: 'decline', note: 'x'.repeat(501), revision };
    expect(
      (await ask('organiser', 'decideRegistration', { ...at(id, reference), body: long })).body.errors,
    ).toMatchObject([{ path: 'note', code: 'too-long' }]);
  });

  describe('a reason to decline', () => {
    const MOVED = { en: 'The Forum is for companies.', km: 'សម្រាប់ក្រុមហ៊ុន។' };
    const declineReasons = [
      { id: 'other-group', title: MOVED },
      { id: 'full', title: { en: 'Full.', km: 'ពេញហើយ។' } },
    ];
    const decline = async ({ eventId, reference, revision }: Registration, reason: unknown, lang = 'en') => {
      const body = { decision: 'decline', reason, note: 'Sorry.', revision };
      return ask('organiser', 'decideRegistration', { ...at(eventId, reference), query: { lang }, body });
    };
    const view = async ({ eventId, reference }: Registration, lang: string) =>
      (await ask('organiser', 'showOrganiserRegistration', { ...at(eventId, reference), query: { lang } })).body;

    it('is one of the event, stays as it was when the event drops it, and is nothing once it is taken back', async () => {
      const id = 'why-declined';
      await event(id, { declineReasons });
      const one = await register(id, 'one@why-declined.example.org');
      for (const wrong of ['twice', 'audience', '', 'x'.repeat(60), 3]) {
        const { status, body } = await decline(one, wrong);
        expect([wrong, status, body.errors?.[0]?.path]).toEqual([wrong, 422, 'reason']);
      }
      expect((await stored(id, one.email)).status).toBe('pending-approval');
      expect((await decline(one, 'other-group')).body).toMatchObject({
        status: 'declined',
        decisionNote: 'Sorry.',
        declineReason: { id: 'other-group', text: MOVED.en },
      });
      await parts.publish({ ...forum({ id, questions: [], declineReasons: declineReasons.slice(1) }), version: 2 });
      expect((await view(one, 'en')).declineReason).toEqual({ id: 'other-group', text: MOVED.en });
      expect((await view(one, 'km')).declineReason).toEqual({ id: 'other-group', text: MOVED.km });
      const two = await register(id, 'two@why-declined.example.org');
      const dropped = await decline(two, 'other-group');
      expect([dropped.status, dropped.body.errors]).toMatchObject([422, [{ path: 'reason', code: 'unknown-option' }]]);
      const { revision } = await stored(id, one.email);
      const body = { decision: 'take-back', revision };
      const back = await ask('organiser', 'decideRegistration', { ...at(id, one.reference), body });
      expect([back.status, back.body.declineReason]).toEqual([200, undefined]);
      expect((await stored(id, one.email)).declineReason).toBeUndefined();
    });

    it('is chosen by members who decide, in their language, and read by nobody else: it is not in the public event', async () => {
      const id = 'why-listed';
      await event(id, { declineReasons });
      const list = async (who: TeamMember, lang = 'en') =>
        ask(who, 'listDeclineReasons', { params: { eventId: id }, query: { lang } });
      expect((await list('thailand', 'km')).body).toEqual({
        reasons: [
          { id: 'other-group', text: MOVED.km },
          { id: 'full', text: 'ពេញហើយ។' },
        ],
      });
      for (const who of ['viewer', 'care', 'safeguarding'] as const)
        expect([who, (await list(who)).status]).toEqual([who, 403]);
      for (const lang of ['en', 'km']) {
        const { statusCode, body } = await call('getEvent', { params: { eventId: id }, query: { lang } });
        expect(statusCode).toBe(200);
        for (const word of ['declineReasons', MOVED.en, MOVED.km]) expect(body).not.toContain(word);
      }
      const { declineReasons: _, ...rest } = forum({ id: 'why-product', questions: [] });
      await parts.publish(rest);
      await grantTeam(parts, rest.id);
      const usual = await ask('organiser', 'listDeclineReasons', { params: { eventId: rest.id } });
      expect(usual.body.reasons).toContainEqual({ id: 'twice' });
      expect(usual.body.reasons).toHaveLength(DECLINE_REASONS.length);
    });

    it('is one of the product where the event names none, and needs no text then', async () => {
      const id = 'why-usual';
      const { declineReasons: _, ...rest } = forum({ id, questions: [] });
      await parts.publish(rest);
      await grantTeam(parts, id);
      const one = await register(id, 'one@why-usual.example.org');
      expect((await decline(one, 'other-group')).status).toBe(422);
      expect((await decline(one, 'twice')).body.declineReason).toEqual({ id: 'twice' });
      expect((await stored(id, one.email)).declineReason).toEqual({ id: 'twice' });
    });
  });

  it('on someone who became another person gives back what they have kept', async () => {
    const id = 'again';
    await event(id);
    const approve = async () => {
      const { reference, revision } = await stored(id, 'one@again.example.org');
      const body = { decision: 'approve', revision };
      expect((await ask('organiser', 'decideRegistration', { ...at(id, reference), body })).status).toBe(200);
      return stored(id, 'one@again.example.org');
    };
    await register(id, 'one@again.example.org');
    const before = await approve();
    const { link } = (await ask('organiser', 'makeFreshLink', at(id, before.reference))).body;
    const authorization = `Bearer ${new URL(link).pathname.slice('/m/'.length)}`;
    await call('amendRegistration', postJson({ fullName: 'Somebody Else' }, { authorization }));
    expect(await stored(id, 'one@again.example.org')).toMatchObject({
      status: 'pending-approval',
      seats: before.seats,
    });
    const { counters } = await readRegistry(parts, id);
    expect(await approve()).toMatchObject({ status: 'confirmed', fullName: 'Somebody Else', seats: before.seats });
    expect((await readRegistry(parts, id)).counters).toEqual(counters);
  });

  it('against another decision says what the registration is now; of two at once one holds', async () => {
    const id = 'rivals';
    await event(id);
    const { reference, revision } = await register(id, 'one@rivals.example.org');
    const decide = (decision: string) =>
      ask('organiser', 'decideRegistration', { ...at(id, reference), body: { decision, revision } });
    const answers = await Promise.all([decide('approve'), decide('decline')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { status } = await stored(id, 'one@rivals.example.org');
    const refused = answers.find((each) => each.status === 409)?.body;
    expect(refused).toMatchObject({ type: 'urn:plenary:problem:changed-meanwhile' });
    expect(refused.detail).toContain(status);
    expect(await auditOf(parts, id)).toHaveLength(1);
  });
});

describe('a substitute', () => {
  const someone = { fullName: 'Dara Sample', email: 'new@substitute.example.org', position: 'Editor' };

  it('keeps the seat; ticket, link and address are replaced, and nothing of the former person is left', async () => {
    const id = 'substitute';
    await event(id);
    const before = await register(id, 'old@substitute.example.org', { category: 'academia', nativeName: 'សំណាង' });
    const body = { ...someone, revision: before.revision };
    const answer = await ask('thailand', 'substituteRegistration', { ...at(id, before.reference), body });
    expect(answer).toMatchObject({ status: 200, body: { fullName: 'Dara Sample', badgeName: 'Dara Sample' } });
    const after = await stored(id, 'new@substitute.example.org');
    expect(after).toMatchObject({
      status: 'confirmed',
      seats: before.seats,
      linkVersion: 2,
      answers: {},
      consents: {},
    });
    expect([after.nativeName, after.honorific]).toEqual([undefined, undefined]);
    expect(after.ticketId).not.toBe(before.ticketId);
    expect((await readRegistry(parts, id)).locks).toHaveLength(1);
    expect(await kindsTo('new@substitute.example.org')).toEqual(['confirmed']);
    expect(await kindsTo('old@substitute.example.org')).toEqual(['confirmed', 'substituted']);
    const again = await ask('thailand', 'substituteRegistration', { ...at(id, before.reference), body });
    expect(again.body).toEqual(answer.body);
    await register(id, 'old@substitute.example.org', { category: 'academia' });
  });

  it('mail that still waits for the former person leaves no more: it would carry the new link', async () => {
    const id = 'superseded';
    await event(id);
    const { reference, revision } = await register(id, 'old@superseded.example.org', { category: 'academia' });
    const waiting = await messagesTo('old@superseded.example.org');
    const body = { ...someone, email: 'new@superseded.example.org', revision };
    await ask('organiser', 'substituteRegistration', { ...at(id, reference), body });
    await outbox(recordsOf(waiting));
    const [message] = (await scan(parts, 'outbox')).filter((item) => item['id'] === waiting[0]?.['id']);
    expect(message).toMatchObject({ state: 'failed', failure: 'superseded' });
  });

  it('under an address that is registered already, or for someone who lost their place, is refused', async () => {
    const id = 'refused';
    await event(id);
    await register(id, 'new@refused.example.org');
    const { reference, revision } = await register(id, 'old@refused.example.org');
    const substitute = (changes: object) =>
      ask('organiser', 'substituteRegistration', { ...at(id, reference), body: { ...someone, revision, ...changes } });
    expect((await substitute({ email: 'new@refused.example.org' })).body.errors).toMatchObject([
      { path: 'email', code: 'already-registered' },
    ]);
    expect(
      (await substitute({ fullName: ' ', email: 'x' })).body.errors.map(({ path }: { path: string }) => path),
    ).toEqual(['email', 'fullName']);
    expect((await substitute({ revision: revision + 1 })).status).toBe(409);
    await ask('organiser', 'decideRegistration', { ...at(id, reference), body: { decision: 'decline', revision } });
    const body = { email: 'right@refused.example.org', revision };
    const corrected = await ask('organiser', 'correctAddress', { ...at(id, reference), body });
    for (const refused of [await substitute({}), corrected])
      expect(refused.body.type).toBe('urn:plenary:problem:not-substitutable');
  });
});

describe('someone with a task', () => {
  const speaker = {
    role: 'speaker',
    fullName: 'Malee Sample',
    email: 'speaker@add.example.org',
    position: 'Professor',
    organisation: 'Sample University',
    country: 'TH',
    category: 'academia',
    mode: 'in-person',
  };

  it('is confirmed at once without a seat, once however often it is sent', async () => {
    const id = 'add';
    await event(id, { quotas: forum().quotas.map((quota) => ({ ...quota, capacity: 0 })) });
    const add = (body: object) => ask('organiser', 'addRegistration', { params: { eventId: id }, body });
    const added = await add(speaker);
    expect(added).toMatchObject({
      status: 201,
      body: { status: 'confirmed', role: 'speaker', seats: [], approved: true },
    });
    expect(added.body.days).toEqual(forum().days.map((day) => day.id));
    expect((await add(speaker)).body).toEqual(added.body);
    expect(await kindsTo('speaker@add.example.org')).toEqual(['confirmed']);
    expect((await add({ ...speaker, role: 'chair' })).body.errors).toMatchObject([{ code: 'already-registered' }]);
    expect((await add({ ...speaker, role: 'attendee' })).status).toBe(422);
    expect((await add({ ...speaker, country: 'XX' })).body.errors).toMatchObject([{ path: 'country' }]);
    const { counters } = await readRegistry(parts, id);
    expect([...counters.values()].every(({ taken, waiting }) => taken + waiting === 0)).toBe(true);
  });
});

describe('a fresh link', () => {
  it('replaces the one before, is shown once and noted', async () => {
    const id = 'link';
    await event(id);
    const { reference } = await register(id, 'one@link.example.org');
    const open = (link: string) =>
      call('showRegistration', { params: { token: new URL(link).pathname.slice('/m/'.length) } });
    const [first, second] = [
      await ask('thailand', 'makeFreshLink', at(id, reference)),
      await ask('thailand', 'makeFreshLink', at(id, reference)),
    ].map(({ body }) => body);
    expect(first.link).toContain(`${SITE_URL}/m/`);
    expect(second).toMatchObject({ reference, fullName: 'Somchai Sample', event: { id } });
    expect([(await open(first.link)).statusCode, (await open(second.link)).statusCode]).toEqual([401, 200]);
    expect(await auditOf(parts, id)).toEqual([`link ${reference}`, `link ${reference}`]);
  });
});
