import { crc32 } from 'node:zlib';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import type { EventDefinition, Quota } from '../../shared/event/event.ts';
import { registrationKey, waitlistKey } from '../../shared/kernel/dynamo/keys.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { pressYes } from '../support/proof.ts';
import { readRegistry, registrationsTo, scan } from '../support/registry.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { recordsOf } from '../support/stream.ts';

let parts: Parts;
let meter: MeteredDatabase;
let housekeeping: (event: DynamoDBStreamEvent | ScheduledEvent) => Promise<DynamoDBBatchResponse>;
let attendee: ReturnType<typeof import('../../functions/attendee/index.ts').realDeps>;
let use: typeof import('../../shared/minors/end-young.case.ts');

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  ({ handler: housekeeping } = await import('../../functions/housekeeping/index.ts'));
  attendee = (await import('../../functions/attendee/index.ts')).realDeps();
  use = await import('../../shared/minors/end-young.case.ts');
});
afterAll(async () => {
  await meter?.stop();
  await parts?.stop();
});

const quota = (id: string, changes: Partial<Quota>): Quota => ({
  id,
  capacity: 1,
  shards: 1,
  title: { en: id, km: 'កូតា' },
  ...changes,
});

/** An event of its own for each test, with these quotas. */
function event(id: string, quotas: Quota[]): EventDefinition {
  return forum({
    id,
    quotas,
    questions: [],
    categories: forum().categories.map(({ approval: _, ...category }) => category),
  });
}

const MOST_SENDS = 5;
const register = async (eventId: string, email: string, changes: Record<string, unknown> = {}) => {
  const sent = submission({ email, category: 'academia', ...changes });
  const send = () => call('submitRegistration', { params: { eventId }, ...postJson(sent) });
  let answer = await send();
  // On a busy machine rivals may take longer than a request waits for them: who reads "busy" sends it again.
  for (let again = 1; answer.statusCode === 503 && again <= MOST_SENDS; again += 1) answer = await send();
  expect(answer.statusCode).toBe(202);
  await pressYes(parts, eventId, email);
};
const registrationOf = async (eventId: string, email: string) => {
  const found = (await registrationsTo(parts, eventId, email))[0];
  if (found === undefined) throw new Error(`${email} is not registered`);
  return found;
};
const statusOf = async (eventId: string, email: string) => (await registrationOf(eventId, email)).status;
async function cancel(eventId: string, email: string) {
  const { reference } = await registrationOf(eventId, email);
  const held = await attendee.registrations.readWithEvent(eventId, reference, 'en');
  if (held) await use.cancel(attendee, held);
}
/** Everything that the stream would hand to housekeeping. */
async function doJobs() {
  const jobs = (await scan(parts, 'outbox')).filter((item) => item['job'] !== undefined);
  expect(await housekeeping(recordsOf(jobs))).toEqual({ batchItemFailures: [] });
}
/** What happens every quarter of an hour. */
const timer = () => housekeeping({} as ScheduledEvent);
/** Has more wait, behind everyone else. */
async function lengthenList(eventId: string, by: number) {
  const { pk, sk } = waitlistKey(eventId, { waitingSince: '', reference: '' });
  const last = (await scan(parts, 'registry')).filter((item) => item['pk'] === pk).at(-1);
  const client = DynamoDBDocumentClient.from(parts.database.client);
  for (let number = 0; number < by; number += 1) {
    const Item = { ...last, pk, sk: `9999-12-31T00:00:00.000Z${sk}${String(number).padStart(10, '2')}` };
    await client.send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
  }
}
const kindsTo = async (email: string) =>
  (await scan(parts, 'outbox', { having: { to: email } })).map(({ kind }) => kind);

describe('the waiting list', () => {
  it('gives a freed seat to whoever has waited longest, and tells them', async () => {
    const id = 'oldest-first';
    await parts.publish(event(id, [quota('room', {})]));
    for (const name of ['first', 'second', 'third']) await register(id, `${name}@oldest.example.org`);
    await cancel(id, 'first@oldest.example.org');
    await doJobs();
    expect(await statusOf(id, 'second@oldest.example.org')).toBe('confirmed');
    expect(await statusOf(id, 'third@oldest.example.org')).toBe('waitlisted');
    expect(await kindsTo('second@oldest.example.org')).toEqual(expect.arrayContaining(['waitlisted', 'promoted']));
    const { counters, waitlist } = await readRegistry(parts, id);
    expect(counters.get('room##0')).toEqual({ capacity: 1, taken: 1, waiting: 1 });
    expect(waitlist).toHaveLength(1);
  });

  it('lets no newcomer past who comes between the cancellation and the promotion', async () => {
    const id = 'no-newcomer';
    await parts.publish(event(id, [quota('room', {})]));
    for (const name of ['holds', 'waits']) await register(id, `${name}@between.example.org`);
    await cancel(id, 'holds@between.example.org');
    await register(id, 'newcomer@between.example.org');
    await doJobs();
    expect(await statusOf(id, 'waits@between.example.org')).toBe('confirmed');
    expect(await statusOf(id, 'newcomer@between.example.org')).toBe('waitlisted');
  });

  it('passes over whoever waits for something else that is full; they keep their place', async () => {
    const id = 'passed-over';
    const media = quota('media', { when: { category: ['media'] } });
    await parts.publish(event(id, [quota('room', { capacity: 2 }), media]));
    await register(id, 'journalist@passed.example.org', { category: 'media' });
    await register(id, 'academic@passed.example.org');
    await register(id, 'second-journalist@passed.example.org', { category: 'media' });
    await register(id, 'second-academic@passed.example.org');
    await cancel(id, 'academic@passed.example.org');
    await doJobs();
    expect(await statusOf(id, 'second-journalist@passed.example.org')).toBe('waitlisted');
    expect(await statusOf(id, 'second-academic@passed.example.org')).toBe('confirmed');
    await cancel(id, 'journalist@passed.example.org');
    await doJobs();
    expect(await statusOf(id, 'second-journalist@passed.example.org')).toBe('confirmed');
  });

  it('is not read where nothing is free, and no further than something is', async () => {
    const id = 'nothing-free';
    // Nobody waits for a place online, of which there are some.
    const online = quota('online', { capacity: 5, when: { mode: ['online'] } });
    await parts.publish(event(id, [quota('room', {}), online]));
    for (const name of ['holds', 'waits', 'last']) await register(id, `${name}@nothing.example.org`);
    const { promoteWaiting } = await import('../../shared/registration/decide/promote-waiting.case.ts');
    const deps = (await import('../../functions/housekeeping/index.ts')).realDeps();
    const promote = async () => {
      meter.take();
      await promoteWaiting(deps, id);
      return meter.take().map(({ operation }) => operation);
    };
    try {
      // An attendee may still enter the list by the definition before: it is gone through until nobody does.
      expect(await promote()).toContain('Query');
      shiftClock(61_000);
      expect(await promote()).toContain('Query');
      // The rules, the quotas' counters, and whether the event is under attack.
      expect(await promote()).toEqual(['GetItem', 'BatchGetItem', 'BatchGetItem', 'GetItem']);
      await lengthenList(id, 250);
      await cancel(id, 'holds@nothing.example.org');
      const asked = await promote();
      expect(await statusOf(id, 'waits@nothing.example.org')).toBe('confirmed');
      expect(await statusOf(id, 'last@nothing.example.org')).toBe('waitlisted');
      // One page of three.
      expect(asked.filter((operation) => operation === 'Query')).toHaveLength(1);
      expect(asked.filter((operation) => operation === 'TransactWriteItems')).toHaveLength(1);
      expect(await promote()).toEqual(['GetItem', 'BatchGetItem', 'BatchGetItem', 'GetItem']);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('does not hold up those who need only what is free', async () => {
    const id = 'not-held-up';
    const media = quota('media', { when: { category: ['media'] } });
    await parts.publish(event(id, [quota('room', { capacity: 3 }), media]));
    await register(id, 'one@held.example.org', { category: 'media' });
    await register(id, 'two@held.example.org', { category: 'media' });
    await register(id, 'three@held.example.org');
    expect(await statusOf(id, 'two@held.example.org')).toBe('waitlisted');
    expect(await statusOf(id, 'three@held.example.org')).toBe('confirmed');
  });

  it('moves up when the capacity is raised; lowering takes no seat and is told', async () => {
    const id = 'raised';
    await parts.publish(event(id, [quota('room', {})]));
    for (const name of ['a', 'b', 'c', 'd']) await register(id, `${name}@raised.example.org`);
    await parts.publish(event(id, [quota('room', { capacity: 3 })]));
    await doJobs();
    const statuses = async () =>
      Promise.all(['a', 'b', 'c', 'd'].map((name) => statusOf(id, `${name}@raised.example.org`)));
    expect(await statuses()).toEqual(['confirmed', 'confirmed', 'confirmed', 'waitlisted']);
    const { overfull } = await parts.publish(event(id, [quota('room', { capacity: 2 })]));
    expect(overfull).toEqual([{ quota: 'room', capacity: 2, taken: 3 }]);
    await cancel(id, 'a@raised.example.org');
    await doJobs();
    expect((await statuses()).slice(1)).toEqual(['confirmed', 'confirmed', 'waitlisted']);
  });

  it('is left when the quota that was full is taken away', async () => {
    const id = 'taken-away';
    await parts.publish(event(id, [quota('room', {})]));
    for (const name of ['a', 'b']) await register(id, `${name}@away.example.org`);
    await parts.publish(event(id, []));
    await doJobs();
    expect(await statusOf(id, 'b@away.example.org')).toBe('confirmed');
  });

  it('a job that is done twice changes nothing', async () => {
    const id = 'twice';
    await parts.publish(event(id, [quota('room', {})]));
    for (const name of ['a', 'b', 'c']) await register(id, `${name}@twice.example.org`);
    await cancel(id, 'a@twice.example.org');
    const jobs = (await scan(parts, 'outbox')).filter((item) => item['job'] !== undefined);
    await Promise.all([housekeeping(recordsOf(jobs)), housekeeping(recordsOf(jobs))]);
    await housekeeping(recordsOf(jobs));
    expect((await kindsTo('b@twice.example.org')).filter((kind) => kind === 'promoted')).toHaveLength(1);
    expect(await statusOf(id, 'c@twice.example.org')).toBe('waitlisted');
  });
});

describe('RE4: what goes wrong', () => {
  /** An id that the timer does not look at now whatever there is of it, nor in the next hours. */
  function notInTurn(name: string): string {
    const turn = Math.floor(Date.now() / (15 * 60_000)) % 96;
    for (let number = 0; ; number += 1)
      if (crc32(`${name}-${number}`) % 96 === (turn + 48) % 96) return `${name}-${number}`;
  }
  /** As after a fall between what freed a seat and what gives it away: nothing says any more that one is free. */
  async function loseJobs(eventId: string) {
    const client = DynamoDBDocumentClient.from(parts.database.client);
    const jobs = (await scan(parts, 'outbox')).filter(
      (item) => item['job'] === 'promote' && item['eventId'] === eventId,
    );
    expect(jobs).not.toEqual([]);
    for (const { id } of jobs)
      await client.send(new DeleteCommand({ TableName: parts.database.tables.outbox, Key: { id } }));
  }

  it('with the job of a freed seat leaves it to the next quarter of an hour, also of one that was kept for nobody', async () => {
    const [id, split] = [notInTurn('lost'), notInTurn('kept')];
    await parts.publish(event(id, [quota('room', {})]));
    for (const name of ['holds', 'waits']) await register(id, `${name}@lost.example.org`);
    await cancel(id, 'holds@lost.example.org');
    await loseJobs(id);
    await parts.publish(event(split, [quota('room', { capacity: 2, shards: 2 })]));
    for (const name of ['a', 'b']) await register(split, `${name}@kept.example.org`);
    await cancel(split, 'a@kept.example.org');
    await loseJobs(split);
    await timer();
    expect(await statusOf(id, 'waits@lost.example.org')).toBe('confirmed');
    // Nobody waits for it: it stays kept, for whoever comes.
    await register(split, 'newcomer@kept.example.org');
    await loseJobs(split);
    await timer();
    expect(await statusOf(split, 'newcomer@kept.example.org')).toBe('confirmed');
  });

  it('RE4 with what opens seats is made good within a day, although nobody waits', async () => {
    const id = notInTurn('opened');
    await parts.publish(event(id, [quota('room', { capacity: 2, shards: 2 })]));
    for (const name of ['a', 'b']) await register(id, `${name}@opened.example.org`);
    await cancel(id, 'a@opened.example.org');
    await loseJobs(id);
    const open = async () => {
      const { counters } = await readRegistry(parts, id);
      return [...counters.values()].reduce((all, { split }) => all + (split?.open ?? 0), 0);
    };
    await timer();
    expect(await open()).toBe(0);
    try {
      shiftClock(48 * 15 * 60_000);
      await timer();
      expect(await open()).toBe(1);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('with one registration keeps nobody behind it from a seat, and once that is mended its turn comes by itself', async () => {
    const id = 'broken';
    await parts.publish(event(id, [quota('room', { capacity: 2 })]));
    for (const name of ['a', 'b', 'c', 'd']) await register(id, `${name}@broken.example.org`);
    const [c, d] = [await registrationOf(id, 'c@broken.example.org'), await registrationOf(id, 'd@broken.example.org')];
    await cancel(id, 'a@broken.example.org');

    await writeVersion(c, 999);
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await doJobs();
    expect(errors.mock.lastCall?.[0]).toContain('not promoted');
    errors.mockRestore();
    expect(await attendee.registrations.read(id, d.reference)).toMatchObject({ status: 'confirmed' });

    await writeVersion(c, 1);
    await cancel(id, 'b@broken.example.org');
    await timer();
    expect(await statusOf(id, 'c@broken.example.org')).toBe('confirmed');
  });

  /** Of the item that keeps a registration: one that nothing knows cannot be read. */
  async function writeVersion({ eventId, reference }: Registration, v: number): Promise<void> {
    await DynamoDBDocumentClient.from(parts.database.client).send(
      new UpdateCommand({
        TableName: parts.database.tables.registry,
        Key: registrationKey(eventId, reference),
        UpdateExpression: 'SET v = :v',
        ExpressionAttributeValues: { ':v': v },
      }),
    );
  }
});

describe('limits per organisation and per country', () => {
  it('count each one by itself, however its name is typed', async () => {
    const id = 'per-organisation';
    await parts.publish(event(id, [quota('two-each', { per: 'organisation', capacity: 2 })]));
    const come = (name: string, organisation: string) => register(id, `${name}@per.example.org`, { organisation });
    await come('a', 'Sample Telecom Ltd');
    await come('b', 'SAMPLE TELECOM, LTD.');
    await come('c', 'sample telecom ltd');
    await come('d', 'Other Telecom');
    expect(await statusOf(id, 'b@per.example.org')).toBe('confirmed');
    expect(await statusOf(id, 'c@per.example.org')).toBe('waitlisted');
    expect(await statusOf(id, 'd@per.example.org')).toBe('confirmed');
    await cancel(id, 'd@per.example.org');
    await doJobs();
    expect(await statusOf(id, 'c@per.example.org')).toBe('waitlisted');
    await cancel(id, 'a@per.example.org');
    await doJobs();
    expect(await statusOf(id, 'c@per.example.org')).toBe('confirmed');
  });

  it('move up when the limit is raised', async () => {
    const id = 'per-country';
    await parts.publish(event(id, [quota('each', { per: 'country', capacity: 1 })]));
    for (const name of ['a', 'b']) await register(id, `${name}@country.example.org`, { country: 'LA' });
    await register(id, 'c@country.example.org', { country: 'VN' });
    expect(await statusOf(id, 'b@country.example.org')).toBe('waitlisted');
    await parts.publish(event(id, [quota('each', { per: 'country', capacity: 2 })]));
    await doJobs();
    expect(await statusOf(id, 'b@country.example.org')).toBe('confirmed');
  });
});

describe.each([1, 8])('RE7: with %i shards', (shards) => {
  it('a rush is exact at the last seat, and so is what follows', async () => {
    const id = `rush-${shards}`;
    await parts.publish(event(id, [quota('room', { capacity: 20, shards }), quota('all', { capacity: 1000 })]));
    const people = Array.from({ length: 60 }, (_, index) => `p${index}@rush-${shards}.example.org`);
    await Promise.all(people.map((email) => register(id, email)));
    const before = await readRegistry(parts, id);
    const by = (status: string) => before.registrations.filter((each) => each.status === status);
    expect([by('confirmed').length, by('waitlisted').length, before.waitlist.length]).toEqual([20, 40, 40]);
    const rooms = [...before.counters].filter(([name]) => name.startsWith('room#')).map(([, counter]) => counter);
    expect(rooms.reduce((sum, { taken }) => sum + taken, 0)).toBe(20);
    expect(rooms.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(40);
    expect(rooms.every(({ taken, capacity }) => taken <= capacity)).toBe(true);

    const oldest = by('waitlisted').sort((a, b) => key(a).localeCompare(key(b)));
    await Promise.all(
      by('confirmed')
        .slice(0, 5)
        .map((each) => cancel(id, each.email)),
    );
    await doJobs();
    const after = await readRegistry(parts, id);
    const promoted = after.registrations
      .filter((each) => each.status === 'confirmed')
      .map(({ reference }) => reference);
    expect(oldest.slice(0, 5).every(({ reference }) => promoted.includes(reference))).toBe(true);
    expect(promoted).toHaveLength(20);
    expect(after.waitlist).toHaveLength(35);
  });
});

const key = ({ waiting, reference }: Registration): string => `${waiting?.since}#${reference}`;

it('the number of counters of a quota in use grows, and becomes no less', async () => {
  const id = 'resharded';
  await parts.publish(event(id, [quota('room', { capacity: 8 })]));
  await parts.publish(event(id, [quota('room', { capacity: 8, shards: 4 })]));
  await register(id, 'a@resharded.example.org');
  const countersNow = async () => (await readRegistry(parts, id)).counters;
  expect(await parts.publish(event(id, [quota('room', { capacity: 8, shards: 2 })]))).toMatchObject({ changed: false });
  expect((await countersNow()).size).toBe(4);
  await parts.publish(event(id, [quota('room', { capacity: 150 })]));
  const grown = [...(await countersNow()).values()];
  expect([grown.length, grown.reduce((sum, { capacity }) => sum + capacity, 0)]).toEqual([6, 150]);
  expect(grown.reduce((sum, { taken }) => sum + taken, 0)).toBe(1);
  expect(grown.filter((counter) => counter.capacity < counter.taken)).toEqual([]);
});
