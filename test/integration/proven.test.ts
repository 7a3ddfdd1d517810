import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ScheduledEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { fromUnprovenItem } from '../../shared/seats/unproven-seat.store.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { byMail, editionIn } from '../support/by-mail.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { openDelegation, person } from '../support/delegation.ts';
import { open, openDoors } from '../support/doors.ts';
import { forum, submission } from '../support/forum.ts';
import { raiseGuard } from '../support/guard.ts';
import { bounce, delivery } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { ask, auditOf, grantTeam } from '../support/team.ts';

let parts: Parts;
let told: typeof import('../../functions/mail-events/index.ts').handler;
let timer: () => Promise<unknown>;

beforeAll(async () => {
  parts = await startParts();
  ({ handler: told } = await import('../../functions/mail-events/index.ts'));
  const { handler: housekeeping } = await import('../../functions/housekeeping/index.ts');
  timer = () => asFunction('housekeeping', () => housekeeping({} as ScheduledEvent));
});
afterEach(() => {
  vi.unstubAllGlobals();
});
afterAll(() => parts?.stop());

const HOUR = 60 * 60 * 1000;

/** An event with one seat in the room, unless it says otherwise. */
async function openRoom(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, { quotas: [quota('room', ROOM)], ...changes });
  const submit = async (email: string, sent: Record<string, unknown> = {}) => {
    const answer = await call('submitRegistration', {
      params: { eventId: id },
      ...postJson(submission({ email, ...sent })),
    });
    expect(answer.statusCode, answer.body).toBe(202);
  };
  const settle = async () => {
    // A job may leave another.
    for (let round = 0; round < 4; round += 1) await event.doJobs();
  };
  const list = async () => (await scan(parts, 'registry', { partitions: [`UNPROVEN#${id}#`] })).map(fromUnprovenItem);
  /** SES says that the mail of a kind arrived. */
  const deliver = async (email: string, kind: string, at = new Date()) => {
    const [message] = await scan(parts, 'outbox', { having: { eventId: id, to: email, kind } });
    const about = { outboxId: String(message?.['id']), to: email, sentAt: at.toISOString(), at: at.toISOString() };
    await asFunction('mail-events', () => told(delivery(about)));
  };
  const statusOf = async (email: string) => (await event.registrationOf(email)).status;
  return { ...event, submit, settle, list, deliver, statusOf };
}

const who = (id: string, name: string): string => `${name}@${id}.example.org`;

describe('a registration is proven', () => {
  it('by a press that its mail leads to, once or twice, and never by looking', async () => {
    const id = 'pressed';
    const event = await openRoom(id);
    const email = who(id, 'one');
    await event.submit(email);
    expect(await event.registrationOf(email)).toMatchObject({ status: 'confirmed', unproven: true });
    expect(await event.list()).toMatchObject([{ domain: `${id}.example.org`, pools: [{ quota: 'room' }] }]);
    const page = await event.page(email);
    expect(page.body).toContain('Yes, this is me');
    await call('showRegistration', { params: { token: await event.tokenOf(email) }, method: 'HEAD' }).catch(
      () => undefined,
    );
    expect((await event.registrationOf(email)).unproven).toBe(true);
    for (const _ of ['once', 'twice']) {
      const pressed = await event.press(email, 'prove');
      expect([pressed.statusCode, pressed.headers?.['location']]).toEqual([303, expect.stringContaining('done=prove')]);
    }
    const after = await event.registrationOf(email);
    expect(after).toMatchObject({ proven: { how: 'mail' }, status: 'confirmed', revision: 2 });
    expect(after.unproven).toBeUndefined();
    expect(await event.list()).toEqual([]);
    const done = await call('showRegistration', {
      params: { token: await event.tokenOf(email) },
      query: { done: 'prove' },
    });
    expect(done.body).toContain('We now know that this registration is yours');
    expect((await event.page(email)).body).not.toContain('Yes, this is me');
  });

  it('by any change on its own page', async () => {
    const id = 'changed';
    const event = await openRoom(id);
    const email = who(id, 'one');
    await event.submit(email);
    await event.amend(email, { position: 'Director' });
    expect((await event.registrationOf(email)).proven).toMatchObject({ how: 'mail' });
    expect(await event.list()).toEqual([]);
  });

  it('by whoever approves, adds, corrects, or registers it for them', async () => {
    const id = 'vouched';
    const event = await openRoom(id, { quotas: [] });
    await grantTeam(parts, id);
    const proofOf = async (email: string) => (await event.registrationOf(email)).proven?.how;
    const email = who(id, 'one');
    await event.submit(email);
    const { reference, revision } = await event.registrationOf(email);
    const params = { eventId: id, reference };
    const shown = await ask('organiser', 'showOrganiserRegistration', { params });
    expect(shown.body.proof).toBe('none');
    const right = who(id, 'right');
    const corrected = await ask('organiser', 'correctAddress', { params, body: { email: right, revision } });
    expect([corrected.status, corrected.body.proof]).toEqual([200, 'vouched']);
    expect(await proofOf(right)).toBe('vouched');
  });

  it('by a coordinator, whether or not the person has an address of their own', async () => {
    const id = 'coordinated';
    const event = await openDelegation(parts, id, { quotas: [] });
    const own = who(id, 'own');
    expect((await event.add([person(1), person(2, { email: own })])).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, id);
    expect(registrations.map(({ proven, unproven }) => [proven?.how, unproven])).toEqual([
      ['vouched', undefined],
      ['vouched', undefined],
    ]);
  });

  it('by the mailed link that confirms a form', async () => {
    const id = 'by-link';
    const event = await openEvent(parts, id, { quotas: [quota('room', ROOM)] });
    await raiseGuard(parts, id);
    const people = byMail(parts, id, event.deps.secrets);
    const email = who(id, 'one');
    await people.send(email);
    const link = await people.linkOf(email);
    await people.press(link, editionIn((await people.open(link)).body));
    expect(await event.registrationOf(email)).toMatchObject({ status: 'confirmed', proven: { how: 'mail' } });
  });

  it('by a scan of its ticket', async () => {
    const id = 'scanned';
    const door = await openDoors(parts, id, { quotas: [quota('room', ROOM)], sessions: [] });
    await door.put('event', open);
    const answer = await call('submitRegistration', {
      params: { eventId: door.id },
      ...postJson(submission({ email: who(id, 'comes') })),
    });
    expect(answer.statusCode).toBe(202);
    const registration = await door.registrationOf(who(id, 'comes'));
    expect(registration.unproven).toBe(true);
    const phone = await openPhone(parts, door.id);
    const ticket = ticketHashOf(registration);
    await phone.send([sentScan({ ticket, reference: registration.reference })]);
    expect(await door.registrationOf(who(id, 'comes'))).toMatchObject({
      proven: { how: 'ticket' },
      status: 'confirmed',
    });
    expect(await scan(parts, 'registry', { partitions: [`UNPROVEN#${door.id}#`] })).toEqual([]);
  });

  it('by an approval, also of whoever then waits', async () => {
    const id = 'approved';
    const event = await openRoom(id, { categories: forum().categories.map((each) => ({ ...each, approval: true })) });
    await grantTeam(parts, id);
    for (const name of ['one', 'two']) {
      await event.submit(who(id, name));
      const { reference, revision, unproven } = await event.registrationOf(who(id, name));
      expect(unproven).toBe(true);
      const body = { decision: 'approve', revision };
      expect((await ask('organiser', 'decideRegistration', { params: { eventId: id, reference }, body })).status).toBe(
        200,
      );
      expect((await event.registrationOf(who(id, name))).proven).toMatchObject({ how: 'vouched' });
    }
    expect(await event.list()).toEqual([]);
    await event.press(who(id, 'one'), 'cancel');
    await event.settle();
    expect(await event.statusOf(who(id, 'two'))).toBe('confirmed');
  });
});

describe('AB15: who waits', () => {
  it('is promoted once proven; others keep their place, are passed over, and asked once', async () => {
    const id = 'passed-over';
    const event = await openRoom(id);
    const [holder, silent, later, last] = ['holder', 'silent', 'later', 'last'].map((name) => who(id, name)) as [
      string,
      string,
      string,
      string,
    ];
    await event.register(holder);
    await event.submit(silent);
    await event.register(later);
    await event.register(last);
    await event.press(holder, 'cancel');
    await event.settle();
    expect(await Promise.all([silent, later, last].map(event.statusOf))).toEqual([
      'waitlisted',
      'confirmed',
      'waitlisted',
    ]);
    await timer();
    expect(await event.kindsTo(silent)).toEqual(['waitlisted', 'ask-proof']);
    // An attendee who presses has the place that they had: in front of those who came later.
    await event.press(silent, 'prove');
    await event.press(later, 'cancel');
    await event.settle();
    expect(await Promise.all([silent, last].map(event.statusOf))).toEqual(['confirmed', 'waitlisted']);
    await event.expectExact();
  });

  it('gets a free seat by the press itself', async () => {
    const id = 'by-press';
    const event = await openRoom(id);
    await event.register(who(id, 'holder'));
    await event.submit(who(id, 'silent'));
    await event.press(who(id, 'holder'), 'cancel');
    await event.settle();
    expect(await event.statusOf(who(id, 'silent'))).toBe('waitlisted');
    await event.press(who(id, 'silent'), 'prove');
    await event.settle();
    expect(await event.statusOf(who(id, 'silent'))).toBe('confirmed');
  });
});

/** Two seats that nobody proves, and someone proven who waits. */
async function invented(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openRoom(id, { quotas: [quota('room', { ...ROOM, capacity: 2 })], ...changes });
  const [first, second, waiter] = ['first', 'second', 'waiter'].map((name) => who(id, name)) as [
    string,
    string,
    string,
  ];
  await event.submit(first);
  await event.submit(second);
  await event.deliver(first, 'confirmed');
  await event.deliver(second, 'confirmed');
  await event.register(waiter);
  await grantTeam(parts, id);
  const overview = async () => (await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } })).body;
  const release = (seats: readonly object[]) =>
    ask('organiser', 'releaseUnprovenSeats', { params: { eventId: id }, body: { seats } });
  return { ...event, first, second, waiter, overview, release };
}

describe('seats that nobody proves in time', () => {
  it('are proposed by domain and minute while proven people wait, and go by one press; whoever lost one stands first', async () => {
    const id = 'proposed';
    const event = await invented(id);
    shiftClock(49 * HOUR);
    await timer();
    await timer();
    // Of what SES delivered the address is forgotten.
    expect(await event.kindsTo(event.first)).toEqual(['ask-proof']);
    expect((await event.overview()).proposed).toEqual([]);
    shiftClock(6 * 24 * HOUR);
    await timer();
    await event.settle();
    // None goes by itself.
    expect(await event.statusOf(event.first)).toBe('confirmed');
    const { proposed, waiting, unproven, proveWithin } = await event.overview();
    expect([waiting, unproven, proveWithin]).toEqual([{ proven: 1, unproven: 0 }, 2, '7 days']);
    expect(proposed.reduce((sum: number, { seats }: { seats: number }) => sum + seats, 0)).toBe(2);
    expect(proposed[0]).toMatchObject({ domain: `${id}.example.org` });
    for (const _ of ['once', 'twice']) {
      const seats = proposed.map(({ domain, minute }: { domain: string; minute: string }) => ({ domain, minute }));
      expect(await event.release(seats)).toMatchObject({ status: 202, body: { groups: seats.length } });
      await event.settle();
    }
    expect(await auditOf(parts, id)).toContain('release-seats');
    expect(await Promise.all([event.first, event.second, event.waiter].map(event.statusOf))).toEqual([
      'expired',
      'expired',
      'confirmed',
    ]);
    expect(await event.kindsTo(event.first)).toEqual(['ask-proof', 'seat-released']);
    expect((await event.page(event.first)).body).toContain('its seat has been released for others');
    expect(await event.list()).toEqual([]);

    // Someone takes the other seat, and others wait.
    await event.register(who(id, 'newcomer'));
    await event.register(who(id, 'behind'));
    expect(await event.statusOf(who(id, 'behind'))).toBe('waitlisted');
    expect((await event.press(event.second, 'prove')).statusCode).toBe(303);
    expect(await event.registrationOf(event.second)).toMatchObject({ status: 'waitlisted', proven: { how: 'mail' } });
    await event.press(who(id, 'newcomer'), 'cancel');
    await event.settle();
    expect(await Promise.all([event.second, who(id, 'behind')].map(event.statusOf))).toEqual([
      'confirmed',
      'waitlisted',
    ]);
    expect((await event.registrationOf(event.second)).seatLostAt).toBeUndefined();
    await event.expectExact();
  });

  it.each(['automatic', 'guard'] as const)(
    'go by themselves, the oldest first and no more than help (%s)',
    async (by) => {
      const id = `by-itself-${by}`;
      const { registration } = forum();
      const automatic = {
        registration: { ...registration, releaseUnproven: 'automatic', proveWithin: '72 hours' },
      } as const;
      const event = await invented(id, by === 'automatic' ? automatic : {});
      shiftClock(49 * HOUR);
      await timer();
      shiftClock(22 * HOUR);
      await timer();
      await event.settle();
      expect(await event.statusOf(event.first)).toBe('confirmed');
      shiftClock((by === 'automatic' ? 2 : 4 * 24) * HOUR);
      if (by === 'guard') {
        await timer();
        await event.settle();
        expect(await event.statusOf(event.first)).toBe('confirmed');
        shiftClock(2 * HOUR);
        await raiseGuard(parts, id);
      }
      await timer();
      await event.settle();
      expect(await Promise.all([event.first, event.second, event.waiter].map(event.statusOf))).toEqual([
        'expired',
        'confirmed',
        'confirmed',
      ]);
      // And again as soon as someone begins to wait.
      if (by === 'guard') await raiseGuard(parts, id, 0);
      await event.register(who(id, 'next'));
      if (by === 'guard') await raiseGuard(parts, id);
      await event.settle();
      expect(await Promise.all([event.second, who(id, 'next')].map(event.statusOf))).toEqual(['expired', 'confirmed']);
      await event.expectExact();
    },
  );

  it('stay where nothing was delivered, and are shown; stay in the last 72 hours; stay with people under 18, chaperones and tasks', async () => {
    const id = 'stay';
    const { registration } = forum();
    const event = await openRoom(id, { registration: { ...registration, releaseUnproven: 'automatic' } });
    const email = who(id, 'one');
    await event.submit(email);
    await event.register(who(id, 'waiter'));
    await grantTeam(parts, id);
    const { reference, fullName: name } = await event.registrationOf(email);
    const unreached = async () =>
      (await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } })).body.unreached;
    expect(await unreached()).toEqual([]);
    shiftClock(49 * HOUR);
    await timer();
    shiftClock(30 * 24 * HOUR);
    await timer();
    await event.settle();
    expect(await event.statusOf(email)).toBe('confirmed');
    const seen = await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } });
    expect(seen.body).toMatchObject({ unproven: 1, unreached: [{ reference, name }], proposed: [], mayRelease: true });
    // It is delivered after all, but too late.
    await event.deliver(email, 'ask-proof');
    const start = Date.parse('2027-11-01T00:00:00Z');
    shiftClock(start - Date.now());
    await timer();
    await event.settle();
    expect(await event.statusOf(email)).toBe('confirmed');
    const closed = await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } });
    expect(closed.body).toMatchObject({ mayRelease: false, proposed: [] });
  });

  it('AB15: are shown by name as soon as mail to them came back, until their address is corrected', async () => {
    const id = 'came-back';
    const event = await openRoom(id);
    const [email, right] = [who(id, 'mistyped'), who(id, 'right')];
    await event.submit(email);
    await grantTeam(parts, id);
    const { reference, fullName: name, revision } = await event.registrationOf(email);
    const seen = async () => (await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } })).body;
    expect((await seen()).unreached).toEqual([]);
    const [message] = await scan(parts, 'outbox', { having: { eventId: id, to: email, kind: 'confirmed' } });
    const about = { outboxId: String(message?.['id']), to: email, sentAt: new Date().toISOString() };
    await asFunction('mail-events', () => told(bounce(about)));
    expect(await seen()).toMatchObject({ unproven: 1, unreached: [{ reference, name }] });
    const changed = { email: right, revision: revision + 1 };
    const corrected = await ask('organiser', 'correctAddress', { params: { eventId: id, reference }, body: changed });
    expect(corrected.status, JSON.stringify(corrected.body)).toBe(200);
    expect((await seen()).unreached).toEqual([]);
  });

  it('AB15: leave no list behind with a quota that the event has no more: nobody loses a seat, and who has another is listed there', async () => {
    const id = 'removed-quota';
    const lunch = quota('lunch', ROOM);
    const room = quota('room', { ...ROOM, capacity: 3 });
    const event = await openRoom(id, { quotas: [{ ...lunch, capacity: 3 }, room] });
    await grantTeam(parts, id);
    const [one, two, proven] = ['one', 'two', 'proven'].map((name) => who(id, name)) as [string, string, string];
    await event.submit(one);
    await event.submit(two);
    await event.submit(proven);
    await event.deliver(one, 'confirmed');
    await event.press(proven, 'prove');
    const before = await event.list();
    expect(before).toHaveLength(2);
    const partitions = async () =>
      (await scan(parts, 'registry', { partitions: [`UNPROVEN#${id}#`] })).map(({ pk }) => String(pk).split('#')[2]);
    expect(await partitions()).toEqual(['lunch', 'lunch']);

    await parts.publish(forum({ id, version: 7, questions: [], quotas: [room] }));
    shiftClock(60_000);
    await timer();
    await event.settle();
    expect(await partitions()).toEqual(['room', 'room']);
    const byReference = (seats: readonly { readonly reference: string }[]) =>
      [...seats].sort((a, b) => (a.reference < b.reference ? -1 : 1));
    const comparable = (seats: Awaited<ReturnType<typeof event.list>>) =>
      byReference(seats.map(({ reference, submittedAt, deliveredAt }) => ({ reference, submittedAt, deliveredAt })));
    expect(comparable(await event.list())).toEqual(comparable(before));
    expect(await Promise.all([one, two, proven].map(event.statusOf))).toEqual(['confirmed', 'confirmed', 'confirmed']);
    for (const email of [one, two]) expect((await event.registrationOf(email)).seats).toHaveLength(2);
    const seen = await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } });
    expect(seen.body.unproven).toBe(2);
    await event.press(one, 'prove');
    expect(await event.list()).toMatchObject([{ reference: (await event.registrationOf(two)).reference }]);

    // The last one goes: nothing is left, and nobody's seat with it.
    const other = quota('online', ONLINE);
    await parts.publish(forum({ id, version: 8, questions: [], quotas: [other] }));
    shiftClock(120_000);
    await timer();
    await event.settle();
    expect(await event.list()).toEqual([]);
    expect(await event.statusOf(two)).toBe('confirmed');
    expect(await event.registrationOf(two)).toMatchObject({ unproven: true });
    expect((await event.press(two, 'prove')).statusCode).toBe(303);
    expect(await event.registrationOf(two)).toMatchObject({ proven: { how: 'mail' } });
  });

  it('of a domain with unusually many are shown at once, and its unproven ones end in one press', async () => {
    const id = 'crowd';
    const event = await openRoom(id, { quotas: [quota('room', { ...ROOM, capacity: 30 }), quota('online', ONLINE)] });
    await grantTeam(parts, id);
    for (let number = 0; number < 21; number += 1) await event.submit(`p${number}@invented.test`);
    await event.press('p0@invented.test', 'prove');
    await makeMinor(await event.registrationOf('p1@invented.test'));
    await event.submit(who(id, 'other'));
    const seen = await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } });
    expect(seen.body.crowded).toEqual([{ domain: 'invented.test', seats: 20 }]);
    const release = (domain: string) =>
      ask('organiser', 'releaseUnprovenSeats', { params: { eventId: id }, body: { seats: [{ domain }] } });
    // Of any other domain nobody loses a seat before two mails asked for it.
    expect(await release(`${id}.example.org`)).toMatchObject({ status: 202, body: { groups: 0 } });
    expect(await release('invented.test')).toMatchObject({ status: 202, body: { groups: 1 } });
    await event.settle();
    const all = await Promise.all(
      Array.from({ length: 21 }, (_, number) => event.statusOf(`p${number}@invented.test`)),
    );
    expect(all.filter((status) => status === 'expired')).toHaveLength(19);
    expect(all.slice(0, 2)).toEqual(['confirmed', 'confirmed']);
    expect(await event.statusOf(who(id, 'other'))).toBe('confirmed');
    await event.expectExact();
  });
});

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

it('a form of another kind than the buttons proves nothing', async () => {
  const event = await openRoom('no-button');
  const email = who('no-button', 'one');
  await event.submit(email);
  const token = await event.tokenOf(email);
  const answer = await call('postRegistration', { params: { token }, ...postForm([['action', 'approve']]) });
  expect(answer.statusCode).toBe(422);
  expect((await event.registrationOf(email)).unproven).toBe(true);
});
