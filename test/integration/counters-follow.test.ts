import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { readStored } from '../../shared/event/publish/stored-event.case.ts';
import { writeDefinition } from '../../shared/event/publish/write-definition.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { withCounters } from '../../shared/seats/quota.ts';
import { interceptedClient } from '../support/faults.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry } from '../support/registry.ts';
import { openEvent, quota } from '../support/self-service.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const CATEGORIES = forum().categories.map(({ approval: _, ...category }) => category);
const definition = (id: string, capacity: number): EventDefinition =>
  forum({ id, questions: [], categories: CATEGORIES, quotas: [quota('room', { capacity })] });

/** Writes a definition, and is stopped before its counters follow. */
async function publishHalf(event: EventDefinition): Promise<void> {
  const { registry, outbox } = parts.database.tables;
  const rest = { registry, outbox, system: realSystem };
  const stored = await readStored({ ...rest, client: documentClient(parts.database.client) }, event.id);
  let transactions = 0;
  const client = interceptedClient(async (command) => {
    if (command !== 'TransactWriteItemsCommand') return undefined;
    transactions += 1;
    if (transactions > 1) throw new Error('stopped');
    return undefined;
  });
  const quotas = withCounters(event.quotas, stored?.rules.quotas ?? []);
  const written = writeDefinition({ ...rest, client }, splitTexts({ ...event, quotas }), stored);
  await expect(written).rejects.toThrow('stopped');
}

async function sums(id: string) {
  const counters = [...(await readRegistry(parts, id)).counters.values()];
  const sum = (of: 'capacity' | 'taken' | 'waiting') => counters.reduce((total, each) => total + each[of], 0);
  return { counters: counters.length, capacity: sum('capacity'), taken: sum('taken'), waiting: sum('waiting') };
}

it('counters that an interrupted publication left behind follow with the job that it wrote', async () => {
  const id = 'left-to-the-job';
  const event = await openEvent(parts, id, { quotas: [quota('room', { capacity: 2 })] });
  for (const name of ['a', 'b', 'c']) await event.register(`${name}@${id}.example.org`);
  await publishHalf(definition(id, 60));
  expect(await sums(id)).toEqual({ counters: 1, capacity: 2, taken: 2, waiting: 1 });
  await event.doJobs();
  expect(await sums(id)).toEqual({ counters: 3, capacity: 60, taken: 3, waiting: 0 });
});

it('or with the first who needs a seat, also where there was none before', async () => {
  const id = 'left-to-the-next';
  const event = await openEvent(parts, id, { quotas: [quota('room', { capacity: 2 })] });
  await event.register(`a@${id}.example.org`);
  await publishHalf(definition(id, 60));
  await event.register(`b@${id}.example.org`);
  expect(await sums(id)).toEqual({ counters: 3, capacity: 60, taken: 2, waiting: 0 });

  const first = 'left-from-the-first';
  await publishHalf(definition(first, 40));
  expect(await sums(first)).toMatchObject({ counters: 0 });
  const { call, postJson } = await import('../support/call.ts');
  const { submission } = await import('../support/forum.ts');
  const answer = await call('submitRegistration', { params: { eventId: first }, ...postJson(submission()) });
  expect(answer.statusCode, answer.body).toBe(202);
  expect(await sums(first)).toEqual({ counters: 2, capacity: 40, taken: 1, waiting: 0 });
});

it('who gives a seat back while one counter becomes several gives back that seat', async () => {
  const id = 'left-by-who-cancels';
  const event = await openEvent(parts, id, { quotas: [quota('room', { capacity: 2 })] });
  for (const name of ['a', 'b']) await event.register(`${name}@${id}.example.org`);
  await publishHalf(definition(id, 60));
  await event.press(`a@${id}.example.org`, 'cancel');
  expect(await sums(id)).toEqual({ counters: 3, capacity: 60, taken: 1, waiting: 0 });
});

const perCountry = (id: string, capacity: number): EventDefinition =>
  forum({
    ...{ id, questions: [], categories: CATEGORIES },
    quotas: [quota('each', { per: 'country', capacity, shards: 2 })],
  });

async function inEach(id: string): Promise<Record<string, number>> {
  const { registrations } = await readRegistry(parts, id);
  const statuses = registrations.map(({ status }) => status);
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
  return { confirmed: count('confirmed'), waitlisted: count('waitlisted') };
}

it('of a country follow with the job too, so that seats that were added go to those who wait', async () => {
  const id = 'left-of-a-country';
  const event = await openEvent(parts, id, { quotas: perCountry(id, 2).quotas });
  for (const name of ['a', 'b', 'c']) await event.register(`${name}@${id}.example.org`);
  expect(await inEach(id)).toEqual({ confirmed: 2, waitlisted: 1 });
  // Publishing leaves them to the job: there may be any number of countries.
  await parts.publish(perCountry(id, 6));
  expect(await sums(id)).toMatchObject({ capacity: 2, waiting: 1 });
  await event.doJobs();
  expect(await inEach(id)).toEqual({ confirmed: 3, waitlisted: 0 });
  expect(await sums(id)).toEqual({ counters: 2, capacity: 6, taken: 3, waiting: 0 });
});

it('of a country with more people than seats give nobody a seat that somebody gives back', async () => {
  const id = 'overfull-country';
  const event = await openEvent(parts, id, { quotas: perCountry(id, 4).quotas });
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await event.register(`${name}@${id}.example.org`);
  expect(await inEach(id)).toEqual({ confirmed: 4, waitlisted: 2 });
  await parts.publish(perCountry(id, 2));
  for (const left of [3, 2]) {
    const { registrations } = await readRegistry(parts, id);
    const holder =
      registrations.find(({ status, seats }) => status === 'confirmed' && seats[0]?.shard === 1) ??
      registrations.find(({ status }) => status === 'confirmed');
    await event.press(holder?.email ?? '', 'cancel');
    await event.doJobs();
    expect(await inEach(id)).toEqual({ confirmed: left, waitlisted: 2 });
  }
  await event.press(
    (await readRegistry(parts, id)).registrations.find(({ status }) => status === 'confirmed')?.email ?? '',
    'cancel',
  );
  await event.doJobs();
  expect(await inEach(id)).toEqual({ confirmed: 2, waitlisted: 1 });
});
