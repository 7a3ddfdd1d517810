import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { putCheckInLists } from '../../shared/checkin/list/check-in-lists.store.ts';
import { listsOf } from '../../shared/checkin/list/list.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postForm } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { readRegistry, scan as scanTable } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { ask, grantTeam, listed } from '../support/team.ts';

const DAY = 86_400_000;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

/** An event with so many seats in the room whose entrance is open now, and a desk at it. */
async function openDesk(
  id: string,
  seats: number,
  terms: object = { maySearch: true },
  quotas = [quota('room', { ...ROOM, capacity: seats })],
) {
  const event = await openEvent(parts, id, { quotas });
  const times = {
    opensAt: new Date(Date.now() - DAY).toISOString(),
    closesAt: new Date(Date.now() + DAY).toISOString(),
  };
  const lists = listsOf(forum({ id })).map((list) => ({ ...list, ...times }));
  await writeAll(
    documentClient(parts.database.client),
    [putCheckInLists(parts.database.tables.registry, id, lists, 0)],
    realSystem,
  );
  const desk = await openPhone(parts, id, terms);
  const registrations = async () => (await readRegistry(parts, id)).registrations;
  return { event, desk, registrations };
}

async function walkIn(person: object = {}, change: object = {}) {
  const ticketId = encodeCrockford(realSystem.random(12));
  const typed = { fullName: 'Test Walker', organisation: 'Example Media', country: 'KH', category: 'ngo' };
  const ticket = ticketHashOf({ ticketId });
  return sentScan({ ticket, walkIn: { ticketId, isAdult: true, ...typed, ...person }, ...change });
}

/** As phones do: what is to come later is sent again. @returns the first answer to each that is another */
async function untilKept(desk: Awaited<ReturnType<typeof openPhone>>, scans: readonly object[]) {
  const all: { readonly result: string; readonly doubt?: string }[] = [];
  for (let left = scans; left.length > 0; ) {
    const { answers } = await desk.send(left);
    all.push(...answers.filter(({ result }: { result: string }) => result !== 'later'));
    left = left.filter((_, place) => answers[place].result === 'later');
  }
  return all;
}

const items = async (table: 'registry' | 'outbox' | 'audit', holds: string) =>
  (await scanTable(parts, table)).filter((item) => JSON.stringify(item).includes(holds));

describe('somebody who comes without having registered', () => {
  it('is entered, confirmed and checked in by one scan, with a seat, without an address, and without any mail', async () => {
    const { desk, registrations, event } = await openDesk('walk-in', 5);
    const told = await walkIn({ fullName: ' សុខ  តេស្ត ' });
    expect((await desk.send([told])).answers).toEqual([{ result: 'kept' }]);
    const [entered] = await registrations();
    expect(entered).toMatchObject({
      ...{ status: 'confirmed', email: '', fullName: 'សុខ តេស្ត', mode: 'in-person', role: 'attendee', consents: {} },
      walkIn: { device: desk.deviceId },
      seats: [{ quota: 'room', state: 'taken' }],
    });
    await event.expectExact();
    expect(await items('outbox', 'walk-in')).toEqual([]);
    expect(await items('audit', String(entered?.reference))).toMatchObject([{ action: 'walk-in' }]);
    const { people } = await desk.search('តេស្ត');
    expect(people).toMatchObject([{ reference: entered?.reference, ticket: told.ticket, noPhoto: true }]);
  });

  it('CI3: is entered once, however often the scan is sent, and at the same time', async () => {
    const { desk, registrations, event } = await openDesk('walk-twice', 5);
    const told = await walkIn();
    await Promise.all([desk.send([told]), desk.send([told, told])]);
    expect((await desk.send([told])).answers).toEqual([{ result: 'known' }]);
    expect(await registrations()).toHaveLength(1);
    await event.expectExact();
  });

  it('CI3: is known at the next door too, where the scans of both come in one request', async () => {
    const { desk } = await openDesk('walk-on', 5, { maySearch: true, lists: ['event', 'day-day-1'] });
    const told = await walkIn();
    const next = sentScan({ ticket: told.ticket, list: 'day-day-1' });
    expect((await desk.send([told, next])).answers).toEqual([{ result: 'kept' }, { result: 'kept' }]);
    const counted = (await items('registry', 'CHECK-IN-COUNT#walk-on')).map(({ category, came }) => [category, came]);
    expect(counted).toEqual([
      ['ngo', 1],
      ['ngo', 1],
    ]);
  });

  it('CS20: is not entered anew by a phone that heard no answer, once everything about them was erased', async () => {
    const { desk, event, registrations } = await openDesk('walk-erased', 5);
    const told = await walkIn();
    await desk.send([told]);
    const [entered] = await registrations();
    if (entered === undefined) throw new Error('not entered');
    const params = { token: await manageToken(entered, event.deps.secrets) };
    const sent = postForm([
      ['action', 'erase'],
      ['confirm', 'yes'],
    ]);
    await call('postRegistration', { params, ...sent });
    expect(await registrations()).toEqual([]);
    expect((await desk.send([told])).answers).toEqual([{ result: 'known' }]);
    expect(await registrations()).toEqual([]);
  });

  it('is nobody where another scan has the id of theirs, from this device or another one', async () => {
    const { desk, registrations } = await openDesk('walk-other', 5);
    const other = await openPhone(parts, 'walk-other', { maySearch: true });
    const [one, two] = [await walkIn(), await walkIn()];
    await desk.send([sentScan({ scanId: one.scanId })]);
    const refused = [{ result: 'refused', why: 'other-contents' }];
    expect((await desk.send([one])).answers).toEqual(refused);
    expect(await registrations()).toEqual([]);
    await desk.send([two]);
    expect((await other.send([two])).answers).toEqual(refused);
    expect((await other.send([{ ...(await walkIn()), scanId: two.scanId }])).answers).toEqual(refused);
    expect(await registrations()).toHaveLength(1);
  });

  it('TK9: comes on the days that are left, whatever the clock of the phone says', async () => {
    const days = forum().days.map(({ id, date }) => ({ id, from: Date.parse(`${date}T03:00:00Z`) }));
    const last = days.at(-1);
    vi.useFakeTimers({ now: last?.from ?? 0, toFake: ['Date'] });
    const { desk, registrations } = await openDesk('walk-days', 5);
    for (const off of [-DAY, DAY]) await desk.send([await walkIn({}, { scannedAt: Date.now() + off })]);
    vi.useRealTimers();
    expect((await registrations()).map((each) => each.days)).toEqual([[last?.id], [last?.id]]);
  });

  it('comes in beyond the quota, with a reason, or for a person to look at', async () => {
    const { desk, registrations, event } = await openDesk('walk-full', 1);
    await event.register('registered@example.org');
    const [silent, told] = [await walkIn(), await walkIn({ reason: 'Minister asked on the phone' })];
    expect((await desk.send([silent, told])).answers).toEqual([
      { result: 'kept', doubt: 'over-quota' },
      { result: 'kept' },
    ]);
    const walked = (await registrations()).filter((each) => each.walkIn !== undefined);
    expect(walked.map(({ seats }) => seats)).toEqual([[], []]);
    expect(walked.map((each) => each.walkIn?.reason).sort()).toEqual(['Minister asked on the phone', undefined]);
    await event.expectExact();
    await grantTeam(parts, 'walk-full');
    const params = { eventId: 'walk-full' };
    const marks = (await listed('organiser', 'walk-full')).map(({ isWalkIn }) => isWalkIn);
    expect(marks.filter(Boolean), 'marked').toHaveLength(2);
    const { reference = '', revision } = walked.find((each) => each.walkIn?.reason !== undefined) ?? {};
    const shown = await ask('organiser', 'showOrganiserRegistration', { params: { ...params, reference } });
    expect(shown.body.walkIn).toEqual({ reason: 'Minister asked on the phone' });
    expect(JSON.stringify(shown.body), 'not which phone').not.toContain(desk.deviceId);
    const body = { fullName: 'Other Person', position: 'Adviser', email: 'other@example.org', revision };
    const other = await ask('organiser', 'substituteRegistration', { params: { ...params, reference }, body });
    expect([other.status, other.body.walkIn], 'who comes in their place did not').toEqual([200, undefined]);
  });

  it('comes in at once where a quota in as many parts as there may be is full', async () => {
    const room = quota('room', { ...ROOM, capacity: 8, shards: 8 });
    const { desk, registrations, event } = await openDesk('walk-parts', 8, { maySearch: true }, [room]);
    const eight = await Promise.all(Array.from({ length: 8 }, () => walkIn()));
    await untilKept(desk, eight);
    expect((await desk.send([await walkIn()])).answers).toEqual([{ result: 'kept', doubt: 'over-quota' }]);
    expect((await registrations()).filter(({ seats }) => seats.length === 0)).toHaveLength(1);
    await event.expectExact();
  });

  it('takes the last seats with many others at once: none is sold twice, and everyone else is for a person to look at', async () => {
    const { desk, registrations, event } = await openDesk('walk-rush', 7);
    const desks = [desk, await openPhone(parts, 'walk-rush', { maySearch: true })];
    const answers = await Promise.all(
      desks.map(async (each) => untilKept(each, await Promise.all(Array.from({ length: 25 }, () => walkIn())))),
    );
    expect(answers.flat().filter(({ doubt }) => doubt === 'over-quota')).toHaveLength(43);
    const entered = await registrations();
    expect([entered.length, entered.filter(({ seats }) => seats.length === 1).length]).toEqual([50, 7]);
    await event.expectExact();
  });

  it.each<[string, object, object, string]>([
    ['nobody', { fullName: '  ' }, {}, 'not-a-person'],
    ['a name of no letters', { fullName: '🙂' }, {}, 'not-a-person'],
    ['a country that is none', { country: 'XX' }, {}, 'not-a-person'],
    ['a group that the event does not have', { category: 'nothing' }, {}, 'not-a-person'],
    ['someone under 18', { isAdult: false }, {}, 'not-a-scan'],
    ['another ticket than the scan says', {}, { ticket: 'a'.repeat(22) }, 'not-a-scan'],
    ['someone who leaves', {}, { kind: 'out' }, 'not-a-scan'],
  ])('is not %s', async (name, person, change, why) => {
    const { desk, registrations } = await openDesk(`walk-${name.replaceAll(/\W/g, '').toLowerCase()}`.slice(0, 40), 5);
    expect((await desk.send([await walkIn(person, change)])).answers).toEqual([{ result: 'refused', why }]);
    expect(await registrations()).toEqual([]);
  });

  it('has no ticket of another, which leads to whom it led before', async () => {
    const { desk, event, registrations } = await openDesk('walk-as', 5);
    await event.register('registered@example.org');
    const [{ ticketId = '' } = {}] = await registrations();
    const told = await walkIn({ ticketId }, { ticket: ticketHashOf({ ticketId }) });
    expect((await desk.send([told])).answers).toEqual([{ result: 'refused', why: 'other-contents' }]);
    expect(await registrations()).toHaveLength(1);
  });

  it('is entered by desks alone', async () => {
    const { desk, registrations } = await openDesk('walk-door', 5, { maySearch: false });
    expect((await desk.send([await walkIn()])).answers).toEqual([{ result: 'refused', why: 'not-a-desk' }]);
    expect(await registrations()).toEqual([]);
  });

  it('can take back that they cancelled, whoever else came without an address', async () => {
    const { desk, event, registrations } = await openDesk('walk-undo', 5);
    for (const _ of [1, 2]) await desk.send([await walkIn()]);
    for (const action of ['cancel', 'undo-cancel']) {
      for (const each of await registrations()) {
        const params = { token: await manageToken(each, event.deps.secrets) };
        expect((await call('postRegistration', { params, ...postForm([['action', action]]) })).statusCode).toBe(303);
      }
    }
    expect((await registrations()).map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);
    await event.expectExact();
    expect((await items('outbox', 'walk-undo')).filter(({ kind }) => kind !== undefined)).toEqual([]);
  });

  it('gets an address from an organiser later, and then their ticket by mail', async () => {
    const { desk, event, registrations } = await openDesk('walk-address', 5);
    await grantTeam(parts, 'walk-address');
    for (const _ of [1, 2]) await desk.send([await walkIn()]);
    for (const [at, each] of (await registrations()).entries()) await give(each, `walker${at}@example.org`);
    expect((await registrations()).map(({ email }) => email).sort()).toEqual([
      'walker0@example.org',
      'walker1@example.org',
    ]);
    const mails = (await items('outbox', 'walk-address')).filter(({ kind }) => kind !== undefined);
    expect(mails.map(({ kind }) => kind)).toEqual(['confirmed', 'confirmed']);
    const headers = { authorization: `Bearer ${await event.tokenOf('walker0@example.org')}` };
    expect((await call('getRegistration', { headers })).statusCode).toBe(200);
    expect((await event.page('walker0@example.org')).body).toContain('Test Walker');
  });
});

async function give({ eventId, reference, revision }: Registration, email: string): Promise<void> {
  const { status } = await ask('organiser', 'correctAddress', {
    params: { eventId, reference },
    body: { email, revision },
  });
  expect(status).toBe(200);
}
