import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ScheduledEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { fromUnprovenItem, unprovenItemOf } from '../../shared/seats/unproven-seat.store.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { bounce, delivery } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { ask, grantTeam } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

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
const { registration: rules, minors, categories } = forum();
const AUTOMATIC = { registration: { ...rules, releaseUnproven: 'automatic' } } as const;

const who = (id: string, name: string): string => `${name}@${id}.example.org`;

async function openRoom(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, { quotas: [quota('room', ROOM)], ...changes });
  await grantTeam(parts, id);
  const submit = async (email: string, sent: Record<string, unknown> = {}) => {
    const answer = await call('submitRegistration', {
      params: { eventId: id },
      ...postJson(submission({ email, ...sent })),
    });
    expect(answer.statusCode, answer.body).toBe(202);
  };
  const settle = async () => {
    for (let round = 0; round < 4; round += 1) await event.doJobs();
  };
  const list = async () => (await scan(parts, 'registry', { partitions: [`UNPROVEN#${id}#`] })).map(fromUnprovenItem);
  const messageTo = async (email: string, kind: string) => {
    const [message] = await scan(parts, 'outbox', { having: { eventId: id, to: email, kind } });
    return {
      outboxId: String(message?.['id']),
      to: email,
      sentAt: new Date().toISOString(),
      at: new Date().toISOString(),
    };
  };
  const say = async (what: Parameters<typeof told>[0]) => asFunction('mail-events', () => told(what));
  const deliver = async (email: string, kind: string) => say(delivery(await messageTo(email, kind)));
  const statusOf = async (email: string) => (await event.registrationOf(email)).status;
  /** All that time runs for is over: the second mail has gone out, and seven days have passed. */
  const afterBothMails = async () => {
    shiftClock(49 * HOUR);
    await timer();
    shiftClock(8 * 24 * HOUR);
    await timer();
    await settle();
  };
  const overview = async () => (await ask('organiser', 'listUnprovenSeats', { params: { eventId: id } })).body;
  const release = (seats: readonly object[]) =>
    ask('organiser', 'releaseUnprovenSeats', { params: { eventId: id }, body: { seats } });
  return { ...event, submit, settle, list, deliver, say, messageTo, statusOf, overview, release, afterBothMails };
}

it('a chaperone keeps the seat, and stands in the way of no other that is to go', async () => {
  const id = 'chaperone-first';
  if (minors === undefined) throw new Error('the forum takes no minors');
  const event = await openRoom(id, {
    ...AUTOMATIC,
    quotas: [quota('room', { ...ROOM, capacity: 3 })],
    minors: { ...minors, chaperoneRatio: 2 },
    categories: categories.map(({ approval: _, ...each }) => each),
  });
  const { secrets } = (await import('../../functions/registration/index.ts')).realDeps();
  const [carer, other, waiter] = ['carer', 'other', 'waiter'].map((name) => who(id, name)) as [string, string, string];
  await event.submit(carer);
  await event.submit(other);
  for (const email of [carer, other]) await event.deliver(email, 'confirmed');
  const guardian = { name: 'Parent', email: who(id, 'guardian'), language: 'en' };
  const young = await beginYoung(parts, id, youngSubmission({ email: who(id, 'young'), guardian }));
  await call('postConsent', { params: { token: await consentToken(young, secrets) }, ...postForm(consentFields()) });
  const token = await manageToken(young, secrets);
  const completed = await call('postComplete', { params: { token }, ...postForm(completeFields({})) });
  expect(completed.statusCode, completed.body).toBe(303);
  await event.register(waiter);
  shiftClock(49 * HOUR);
  await timer();
  expect((await event.list()).map(({ askedAt }) => askedAt !== undefined)).toEqual([true, true]);
  const { revision } = await event.registrationOf(who(id, 'young'));
  const { reference: chaperone } = await event.registrationOf(carer);
  const params = { eventId: id, reference: young.reference };
  const named = await ask('safeguarding', 'nameChaperone', { params, body: { chaperone, revision } });
  expect(named.status).toBe(200);
  expect((await event.list()).map(({ reference }) => reference)).not.toContain(chaperone);
  shiftClock(8 * 24 * HOUR);
  await timer();
  await event.settle();
  expect(await Promise.all([carer, other, waiter].map(event.statusOf))).toEqual(['confirmed', 'expired', 'confirmed']);
});

it('whoever lost a seat stands first by a press, also where something else proved them meanwhile', async () => {
  const id = 'proved-otherwise';
  const event = await openRoom(id, AUTOMATIC);
  const [first, waiter, behind] = ['first', 'waiter', 'behind'].map((name) => who(id, name)) as [
    string,
    string,
    string,
  ];
  await event.submit(first);
  await event.deliver(first, 'confirmed');
  await event.register(waiter);
  await event.afterBothMails();
  expect(await Promise.all([first, waiter].map(event.statusOf))).toEqual(['expired', 'confirmed']);
  await event.register(behind);
  const { reference } = await event.registrationOf(first);
  // The secretariat hands over a link to attendees who say that they got no mail.
  expect((await ask('organiser', 'makeFreshLink', { params: { eventId: id, reference } })).status).toBe(200);
  expect((await event.registrationOf(first)).proven).toMatchObject({ how: 'vouched' });
  expect((await event.page(first)).body).toContain('Yes, this is me');
  for (const _ of ['once', 'twice']) expect((await event.press(first, 'prove')).statusCode).toBe(303);
  await event.press(waiter, 'cancel');
  await event.settle();
  expect(await Promise.all([first, behind].map(event.statusOf))).toEqual(['confirmed', 'waitlisted']);
  await event.expectExact();
});

it('a group that is released takes no seat for which nobody waits, nor any once nobody waits', async () => {
  const id = 'unwanted';
  const event = await openRoom(id, { quotas: [quota('room', { ...ROOM, capacity: 1 }), quota('online', ONLINE)] });
  const [room, online, waiter] = ['room', 'online', 'waiter'].map((name) => who(id, name)) as [string, string, string];
  await event.submit(room);
  await event.submit(online, { mode: 'online' });
  for (const email of [room, online]) await event.deliver(email, 'confirmed');
  await event.register(waiter);
  await event.afterBothMails();
  const { proposed } = await event.overview();
  expect(proposed).toMatchObject([{ domain: `${id}.example.org`, seats: 1 }]);
  const groups = proposed.map(({ domain, minute }: { domain: string; minute: string }) => ({ domain, minute }));
  await event.press(waiter, 'cancel');
  await event.release(groups);
  await event.settle();
  expect(await Promise.all([room, online].map(event.statusOf))).toEqual(['confirmed', 'confirmed']);
  await event.register(who(id, 'next'));
  await event.release(groups);
  await event.settle();
  expect(await Promise.all([room, online, who(id, 'next')].map(event.statusOf))).toEqual([
    'expired',
    'confirmed',
    'confirmed',
  ]);
});

it('addresses whose servers refuse all mail, and which stay, keep nobody behind them from being asked', async () => {
  const id = 'refusing';
  const event = await openRoom(id, { quotas: [quota('room', { ...ROOM, capacity: 20 })] });
  const refusing = 'p1@refusing.test';
  await event.submit(refusing);
  await event.say(bounce(await event.messageTo(refusing, 'confirmed'), 'Permanent', 'General', '5.7.1'));
  const real = who(id, 'real');
  await event.submit(real);
  await event.deliver(real, 'confirmed');
  await copyInFront(await event.registrationOf(refusing), 250);
  shiftClock(49 * HOUR);
  await timer();
  await timer();
  expect(await event.kindsTo(real)).toEqual(['ask-proof']);
});

it('a press that releases nobody, in the last 72 hours or of people who have to stay, leaves no job behind', async () => {
  const id = 'endless';
  const event = await openRoom(id, { quotas: [quota('room', { ...ROOM, capacity: 20 })] });
  await event.submit('p1@invented.test');
  const one = await event.registrationOf('p1@invented.test');
  const jobs = async () => (await scan(parts, 'outbox')).filter((item) => item['job'] === 'release-unproven').length;
  await copyInFront(one, 250, { role: 'volunteer' });
  await event.release([{ domain: 'invented.test' }]);
  await event.doJobs();
  expect(await jobs()).toBe(0);
  shiftClock(Date.parse('2027-11-01T00:00:00Z') - Date.now());
  await event.release([{ domain: 'invented.test' }]);
  await event.doJobs();
  expect([await jobs(), await event.statusOf('p1@invented.test')]).toEqual([0, 'confirmed']);
});

/** As many more registrations as one, all older than it, with their seats in the list. */
async function copyInFront(one: Registration, number: number, since: Partial<Registration> = {}): Promise<void> {
  const expiresAt = Math.floor(Date.parse('2028-01-01T00:00:00Z') / 1000);
  const tables = parts.database.tables;
  const client = DynamoDBDocumentClient.from(parts.database.client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  for (let each = 0; each < number; each += 1) {
    const reference = makeReference(new Uint8Array([...Array.from({ length: 7 }, () => 7), each >> 8, each & 255]));
    const submittedAt = new Date(Date.parse(one.submittedAt) - number + each).toISOString();
    const copy = { ...one, reference, submittedAt };
    for (const Item of [toRegistrationItem({ ...copy, ...since }, expiresAt), unprovenItemOf(copy, expiresAt)]) {
      await client.send(new PutCommand({ TableName: tables.registry, Item }));
    }
  }
}
