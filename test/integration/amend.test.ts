import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const [dayOne = ''] = forum().days.map(({ id }) => id);
const who = 'someone@example.org';

describe('amending', () => {
  it('changes what it says, mails it once, and the second time nothing', async () => {
    const event = await openEvent(parts, 'amend-same');
    await event.register(who);
    const change = { position: 'Director', days: [dayOne], language: 'km', honorific: '' };
    const answer = await event.amend(who, change);
    expect(answer).toMatchObject({
      statusCode: 200,
      body: { position: 'Director', language: 'km', status: 'confirmed' },
    });
    expect(answer.body).not.toHaveProperty('honorific');
    expect(await event.registrationOf(who)).toMatchObject({ revision: 2, position: 'Director', days: [dayOne] });
    const before = [await readRegistry(parts, event.id), await scan(parts, 'outbox')];
    expect((await event.amend(who, change)).statusCode).toBe(200);
    expect((await event.amend(who, {})).statusCode).toBe(200);
    expect([await readRegistry(parts, event.id), await scan(parts, 'outbox')]).toEqual(before);
    expect(await event.kindsTo(who)).toEqual(['confirmed', 'updated']);
    const [mail] = await scan(parts, 'outbox', { having: { eventId: event.id, kind: 'updated' } });
    expect(mail?.['former']).toMatchObject({
      ...{ status: 'confirmed', mode: 'in-person', sessions: [] },
      days: expect.arrayContaining([dayOne]),
    });
    await event.expectExact();
  });

  it('judges by the rules of the form, names every field, and changes nothing', async () => {
    const event = await openEvent(parts, 'amend-rules');
    await event.register(who);
    const before = await readRegistry(parts, event.id);
    const answer = await event.amend(who, { fullName: '', days: [], mode: 'by-boat', email: 'other@example.org' });
    expect(answer).toMatchObject({ statusCode: 422, body: { errors: [{ path: 'email', code: 'unknown-field' }] } });
    const fields = (await event.amend(who, { fullName: '', days: [], mode: 'by-boat' })).body.errors;
    expect(fields.map(({ path }: { path: string }) => path)).toEqual(['fullName', 'mode', 'days']);
    expect(await readRegistry(parts, event.id)).toEqual(before);
  });

  it('moves seats from quota to quota in one step', async () => {
    const quotas = [quota('room', ROOM), quota('online', ONLINE), quota('all', { capacity: 9 })];
    const event = await openEvent(parts, 'amend-seats', { quotas });
    await event.register(who);
    await event.amend(who, { mode: 'online' });
    const { counters } = await readRegistry(parts, event.id);
    expect([...counters].map(([name, { taken }]) => [name, taken])).toEqual(
      expect.arrayContaining([
        ['room##0', 0],
        ['online##0', 1],
        ['all##0', 1],
      ]),
    );
    await event.expectExact();
  });

  it('is refused by the field that newly needs a full quota: nothing is lost, all stays as it was', async () => {
    const quotas = [quota('room', ROOM), quota('online', ONLINE), quota('each', { per: 'organisation', capacity: 1 })];
    const event = await openEvent(parts, 'amend-full', { quotas });
    await event.register(who, { organisation: 'First' });
    await event.register('online@example.org', { mode: 'online', organisation: 'Second' });
    const before = await readRegistry(parts, event.id);
    expect(await event.amend(who, { mode: 'online' })).toMatchObject({
      statusCode: 422,
      body: { errors: [{ path: 'mode', code: 'no-seat' }] },
    });
    expect(await event.amend(who, { organisation: 'SECOND' })).toMatchObject({
      statusCode: 422,
      body: { errors: [{ path: 'organisation', code: 'no-seat' }] },
    });
    expect(await readRegistry(parts, event.id)).toEqual(before);
    await event.expectExact();
  });

  it('two rivals for the last seat: one has it, the other keeps what they had', async () => {
    const event = await openEvent(parts, 'amend-rivals', {
      quotas: [quota('online', ONLINE), quota('all', { capacity: 9 })],
    });
    const people = ['a@rivals.example.org', 'b@rivals.example.org', 'c@rivals.example.org'];
    for (const email of people) await event.register(email);
    const answers = await Promise.all(people.map((email) => event.amend(email, { mode: 'online' })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422, 422]);
    await event.expectExact();
  });

  it('two changes of one registration at once: both are made', async () => {
    const event = await openEvent(parts, 'amend-race');
    await event.register(who);
    const both = await Promise.all([event.amend(who, { position: 'One' }), event.amend(who, { honorific: 'Prof' })]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(await event.registrationOf(who)).toMatchObject({ position: 'One', honorific: 'Prof', revision: 3 });
  });

  it('from online to a full room: waits there, and attends online until then', async () => {
    const event = await openEvent(parts, 'amend-room', {
      quotas: [quota('room', ROOM), quota('online', { ...ONLINE, capacity: 2 })],
    });
    await event.register('room@example.org');
    await event.register(who, { mode: 'online' });
    const promise = 'you are on the waiting list and take part online until there is one';
    expect((await event.page(who, 'showAmend')).body).toContain(promise);
    expect((await event.page('room@example.org', 'showAmend')).body).not.toContain(promise);
    const { body } = await event.amend(who, { mode: 'in-person' });
    expect(body).toMatchObject({ status: 'waitlisted', mode: 'in-person', meanwhile: 'online' });
    expect(body.joinLinks?.length).toBeGreaterThan(0);
    await event.expectExact();
    expect((await readRegistry(parts, event.id)).counters.get('online##0')).toMatchObject({ taken: 1 });
    await event.amend(who, { position: 'Still waiting' });
    expect(await event.registrationOf(who)).toMatchObject({ status: 'waitlisted', waiting: { meanwhile: 'online' } });
    await event.press('room@example.org', 'cancel');
    await event.doJobs();
    const promoted = await event.registrationOf(who);
    expect([promoted.status, promoted.waiting]).toEqual(['confirmed', undefined]);
    expect((await readRegistry(parts, event.id)).counters.get('online##0')).toMatchObject({ taken: 0 });
    await event.expectExact();
  });

  it('while waiting: the place is kept as long as they wait, and given up with what they waited for', async () => {
    const event = await openEvent(parts, 'amend-waiting', {
      quotas: [quota('room', ROOM), quota('online', { ...ONLINE, capacity: 9 })],
    });
    await event.register('room@example.org');
    await event.register(who);
    const { waiting } = await event.registrationOf(who);
    await event.amend(who, { position: 'Director' });
    expect(await event.registrationOf(who)).toMatchObject({ status: 'waitlisted', waiting });
    await event.expectExact();
    await event.amend(who, { mode: 'online' });
    const seated = await event.registrationOf(who);
    expect([seated.status, seated.waiting]).toEqual(['confirmed', undefined]);
    await event.expectExact();
  });

  it('while waiting for a full session alone: that is said, and without the session they have a seat', async () => {
    const session = forum().sessions.find(({ signUp }) => signUp)?.id ?? '';
    const event = await openEvent(parts, 'amend-session', {
      quotas: [quota('room', { ...ROOM, capacity: 9 }), quota('workshop', { when: { session: [session] } })],
    });
    await event.register('workshop@example.org', { sessions: [session] });
    await event.register(who, { sessions: [session] });
    const { body } = await event.amend(who, { position: 'Director' });
    expect(body).toMatchObject({ waitingFor: { quotas: ['workshop'], forSessionsAlone: true } });
    expect((await event.page(who)).body).toContain('Only sessions that you chose are full');
    const seated = await event.amend(who, { sessions: [] });
    expect(seated.body.status).toBe('confirmed');
    expect(seated.body).not.toHaveProperty('waitingFor');
    await event.expectExact();
  });

  it('EV5: chooses one of two sessions at the same time; an attendee whose sessions were moved so keeps both', async () => {
    const at = (id: string, start: string) => ({
      ...{ id, title: { en: id, km: 'វគ្គ' }, day: dayOne, start, end: '11:00', signUp: true },
    });
    const both = ['lab', 'clinic'];
    const event = await openEvent(parts, 'amend-at-once', {
      quotas: [],
      sessions: [{ ...at('lab', '09:00'), end: '10:00' }, at('clinic', '10:00')],
    });
    await event.register(who, { sessions: both });
    const next = { version: 2, quotas: [], sessions: [at('lab', '09:00'), at('clinic', '10:00')] };
    await parts.publish(forum({ id: event.id, ...next }));
    expect((await event.amend(who, { position: 'Director' })).statusCode).toBe(200);
    expect(await event.registrationOf(who)).toMatchObject({ position: 'Director', sessions: both });
    expect((await event.amend(who, { sessions: ['clinic'] })).statusCode).toBe(200);
    const refused = await event.amend(who, { sessions: both });
    expect(refused).toMatchObject({
      statusCode: 422,
      body: { errors: [{ path: 'sessions', code: 'sessions-at-once' }] },
    });
    expect((await event.registrationOf(who)).sessions).toEqual(['clinic']);
  });

  it('is not for what has ended', async () => {
    const event = await openEvent(parts, 'amend-ended');
    await event.register(who);
    await event.press(who, 'cancel');
    expect(await event.amend(who, { position: 'X' })).toMatchObject({ statusCode: 409 });
    expect((await event.page(who, 'showAmend')).statusCode).toBe(409);
  });
});

describe('substitution', () => {
  const categories = forum().categories.map((each) => ({ ...each, approval: each.id === 'media' }));
  const open = (id: string) => openEvent(parts, id, { categories, quotas: [quota('all', { capacity: 9 })] });

  it('after approval suspends the ticket, keeps the seat, and says so before', async () => {
    const event = await open('substitute');
    await event.register(who);
    const registration = await event.registrationOf(who);
    await approve(event, registration);
    expect((await event.page(who, 'showAmend')).body).toContain('they have to approve it again');
    await event.amend(who, { position: 'Same person' });
    expect(await event.registrationOf(who)).toMatchObject({ status: 'confirmed' });
    const { body } = await event.amend(who, { fullName: 'Someone Else' });
    expect(body).toMatchObject({ status: 'pending-approval' });
    expect(body).not.toHaveProperty('ticket');
    expect((await event.registrationOf(who)).seats).toHaveLength(1);
    await event.amend(who, { position: 'Still looked at' });
    expect(await event.registrationOf(who)).toMatchObject({ status: 'pending-approval' });
    await event.expectExact();
    await event.press(who, 'cancel');
    await event.expectExact();
  });

  it('into a group that needs approval asks for it', async () => {
    const event = await open('substitute-group');
    await event.register(who);
    expect((await event.amend(who, { fullName: 'Someone Else' })).body).toMatchObject({ status: 'confirmed' });
    expect((await event.amend(who, { category: 'media' })).body).toMatchObject({ status: 'pending-approval' });
    await event.expectExact();
  });

  it('of someone who waits: leaves the line, and comes back to the same place', async () => {
    const event = await openEvent(parts, 'substitute-waiting', { categories, quotas: [quota('all')] });
    await event.register('first@example.org');
    await event.register(who);
    const { waiting } = await event.registrationOf(who);
    await event.amend(who, { category: 'media' });
    expect(await event.registrationOf(who)).toMatchObject({ status: 'pending-approval', seats: [], waiting });
    await event.expectExact();
  });
});

/** As an organiser does. */
async function approve(
  { deps, id }: Awaited<ReturnType<typeof openEvent>>,
  { reference }: { readonly reference: string },
): Promise<void> {
  const held = await deps.registrations.readWithEvent(id, reference, 'en');
  if (held === undefined) throw new Error('nothing to approve');
  const { registration: before, event } = held;
  await deps.changes.change({
    event,
    before,
    after: { ...before, approved: true, revision: before.revision + 1 },
    by: 'system',
    messages: [],
  });
}

describe('the form', () => {
  const fields = (changes: Record<string, string | string[]> = {}): [string, string][] =>
    Object.entries({
      honorific: 'Dr',
      fullName: 'Somchai Sample',
      badgeName: 'Somchai',
      nativeName: '',
      position: 'Policy officer',
      organisation: 'Sample Ministry',
      country: 'TH',
      category: 'academia',
      mode: 'in-person',
      days: [dayOne],
      language: 'en',
      ...changes,
    }).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each]));

  it('has everything that is there in it, asks for no consent again, and leads back', async () => {
    const event = await openEvent(parts, 'amend-form');
    await event.register(who);
    const page = await event.page(who, 'showAmend');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('value="Somchai Sample"');
    expect(page.body).toMatch(/value="academia"[^>]* checked/);
    expect(page.body).not.toContain('name="consents.code-of-conduct"');
    const answer = await event.post(who, fields({ position: 'Director' }));
    expect([answer.statusCode, answer.headers?.['location']]).toEqual([
      303,
      `/m/${await event.tokenOf(who)}?lang=en&done=amend`,
    ]);
    expect(await event.registrationOf(who)).toMatchObject({
      position: 'Director',
      days: [dayOne],
      consents: { 'code-of-conduct': expect.any(String) },
    });
  });

  it('comes back with everything typed where something has to change', async () => {
    const event = await openEvent(parts, 'amend-again', { quotas: [quota('online', ONLINE)] });
    await event.register('online@example.org', { mode: 'online' });
    await event.register(who);
    const wrong = await event.post(who, fields({ fullName: '', position: 'Typed & kept' }));
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Typed &amp; kept');
    expect(wrong.body).toContain('href="#fullName"');
    const full = await event.post(who, fields({ mode: 'online' }));
    expect(full.statusCode).toBe(422);
    expect(full.body).toContain('href="#mode"');
    expect((await event.registrationOf(who)).revision).toBe(1);
    for (const stranger of ['email', 'ageBand', 'invitation', 'status']) {
      expect((await event.post(who, fields({ [stranger]: 'x' }))).statusCode).toBe(422);
    }
    await event.expectExact();
  });

  it('asks for consent again once its words have changed', async () => {
    const event = await openEvent(parts, 'amend-consent');
    await event.register(who);
    const consents = forum().consents.map((each) => ({ ...each, version: 'new' }));
    await parts.publish(forum({ id: event.id, version: 2, questions: [], consents }));
    expect((await event.page(who, 'showAmend')).body).toContain('name="consents.code-of-conduct" value="new"');
    expect((await event.post(who, fields({ position: 'Director' }))).statusCode).toBe(422);
    expect((await event.post(who, [...fields(), ['consents.code-of-conduct', 'new']])).statusCode).toBe(303);
    expect((await event.registrationOf(who)).consents['code-of-conduct']).toBe('new');
  });
});
