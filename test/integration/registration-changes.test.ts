import { BatchWriteCommand, DeleteCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { unansweredApplication } from '../../shared/minors/young.ts';
import {
  CHANGES_SETTLE,
  type ChangedRegistration,
  registrationChanges,
} from '../../shared/registration/list/registration-changes.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { putRegistration, toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { changed, newRegistration } from '../../shared/registration/registration-state.store.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

const SECOND = 1000;
const NOW = Date.parse('2027-03-01T08:00:00.000Z');
const { rules: RULES } = splitTexts(forum());
const FAR_AWAY = Math.floor(Date.parse('2099-01-01') / SECOND);

let parts: Parts;
let client: DocumentClient;
let table: string;

beforeAll(async () => {
  parts = await startParts();
  client = documentClient(parts.database.client);
  table = parts.database.tables.registry;
});
afterAll(() => parts?.stop());

/** @param at epoch milliseconds by the clock of the writer */
const made = (eventId: string, at: number, status: Registration['status'] = 'pending-approval'): Registration => {
  const rules = { ...RULES, id: eventId };
  const application = unansweredApplication({ name: 'Dara Sample', email: 'dara@example.org', language: 'en' });
  const system = { ...realSystem, now: () => new Date(at) };
  return newRegistration(system, rules, application, { status, seats: [] });
};

async function write(before: Registration | undefined, after: Registration): Promise<Registration> {
  await transact(client, [putRegistration(table, before, after, FAR_AWAY, 'system')], realSystem);
  return after;
}

async function writeMany(registrations: readonly Registration[]): Promise<void> {
  for (let from = 0; from < registrations.length; from += 25) {
    const some = registrations.slice(from, from + 25);
    const requests = some.map((each) => ({ PutRequest: { Item: toRegistrationItem(each, FAR_AWAY) } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  }
}

const remove = ({ eventId, reference }: Registration) =>
  client.send(new DeleteCommand({ TableName: table, Key: registrationKey(eventId, reference) }));

/** A reader with its own clock that keeps its cursor from one look to the next. */
function reader(eventId: string) {
  const state = { now: NOW, cursor: undefined as string | undefined };
  return {
    state,
    async look(): Promise<readonly ChangedRegistration[]> {
      const found: ChangedRegistration[] = [];
      for await (const page of registrationChanges(client, table, eventId, state.cursor, () => new Date(state.now))) {
        found.push(...page.changed);
        state.cursor = page.cursor;
      }
      return found;
    },
  };
}

const referencesOf = (changes: readonly { readonly reference: string }[]) => changes.map(({ reference }) => reference);

describe('what changed since', () => {
  it('is every registration whatever its status, in order of time and then of references, with its revision', async () => {
    const statuses = [
      'pending-guardian',
      'pending-approval',
      'waitlisted',
      'confirmed',
      'declined',
      'cancelled',
      'expired',
    ] as const;
    // Many at the same instant, as where organisers approve a hundred.
    const all = Array.from({ length: 700 }, (_, number) =>
      made('whole', NOW - 100 * SECOND - (number % 5), statuses[number % statuses.length]),
    );
    await writeMany(all);
    const first = all[0] as Registration;
    const moved = await write(first, changed(first, { status: 'confirmed' }, new Date(NOW - 90 * SECOND)));
    const wanted = [...all.slice(1), moved].sort((a, b) =>
      `${a.changedAt}#${a.reference}` < `${b.changedAt}#${b.reference}` ? -1 : 1,
    );
    expect(await reader('whole').look()).toEqual(
      wanted.map(({ reference, revision, changedAt }) => ({ reference, revision, changedAt })),
    );
    expect(await reader('who').look()).toEqual([]);
  });

  it('is read once: sixteen partitions at a time, and no entry twice', async () => {
    const all = Array.from({ length: 600 }, (_, number) => made('read-once', NOW - 10_000 * SECOND + number));
    await writeMany(all);
    const send = vi.spyOn(client, 'send');
    const counts: number[] = [];
    send.mockImplementation(async (...sent: unknown[]) => {
      const answer = await (Object.getPrototypeOf(client).send as (...all: unknown[]) => Promise<never>).apply(
        client,
        sent,
      );
      counts.push((answer as { Items?: unknown[] }).Items?.length ?? 0);
      return answer;
    });
    expect(referencesOf(await reader('read-once').look())).toEqual(referencesOf(all));
    const asked = send.mock.calls.map(
      ([command]) => (command.input as QueryCommandInput).ExpressionAttributeValues?.[':shard'],
    );
    send.mockRestore();
    expect(new Set(asked)).toEqual(new Set(Array.from({ length: 16 }, (_, number) => `read-once#${number}`)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
    // Some 38 in each partition: one page of 30 and the rest.
    expect(asked.length).toBeLessThanOrEqual(40);
  });

  it('is what came since alone, once it has settled', async () => {
    const { state, look } = reader('since');
    const all = Array.from({ length: 50 }, () => made('since', NOW - SECOND));
    await writeMany(all);
    expect(await look()).toHaveLength(50);
    state.now += CHANGES_SETTLE;
    // Told again until then: the revision says that nothing is new.
    expect(await look()).toHaveLength(50);
    const [one] = all as [Registration];
    await write(one, changed(one, { status: 'confirmed' }, new Date(state.now)));
    expect(await look()).toEqual([
      { reference: one.reference, revision: 2, changedAt: new Date(state.now).toISOString() },
    ]);
    state.now += CHANGES_SETTLE + SECOND;
    await look();
    expect(await look()).toEqual([]);
  });

  it('is found where it was stamped before the last look, and written after it', async () => {
    const { state, look } = reader('late');
    await write(undefined, made('late', NOW - SECOND));
    await look();
    const late = made('late', NOW - 50 * SECOND);
    state.now += 5 * SECOND;
    await write(undefined, late);
    expect(referencesOf(await look())).toContain(late.reference);
  });

  it('is found where clocks differ: one that is ahead keeps nobody else from being told', async () => {
    const { state, look } = reader('skewed');
    const ahead = await write(undefined, made('skewed', NOW + 3600 * SECOND));
    expect(referencesOf(await look())).toEqual([ahead.reference]);
    state.now += SECOND;
    const behind = await write(undefined, made('skewed', NOW - 20 * SECOND));
    expect(referencesOf(await look())).toEqual([behind.reference, ahead.reference]);
    // What the one changed that is ahead, others change at an earlier time.
    state.now += 10 * SECOND;
    await write(ahead, changed(ahead, { status: 'confirmed' }, new Date(state.now)));
    expect((await look()).find(({ reference }) => reference === ahead.reference)).toMatchObject({ revision: 2 });
  });

  it('goes on from a page, where whoever reads fell in the middle', async () => {
    const all = Array.from({ length: 500 }, (_, number) => made('pages', NOW - 10_000 * SECOND + number));
    await writeMany(all);
    const seen: string[] = [];
    let cursor: string | undefined;
    let runs = 0;
    for (let isWhole = false; !isWhole; runs += 1) {
      isWhole = true;
      for await (const page of registrationChanges(client, table, 'pages', cursor, () => new Date(NOW))) {
        seen.push(...referencesOf(page.changed));
        ({ cursor } = page);
        isWhole = false;
        break;
      }
    }
    expect(runs).toBeGreaterThan(2);
    expect(seen).toEqual(referencesOf(all));
  });

  it('does not tell of those who are deleted', async () => {
    const all = [made('deleted', NOW), made('deleted', NOW)];
    await writeMany(all);
    const [one, two] = all as [Registration, Registration];
    await remove(one);
    expect(referencesOf(await reader('deleted').look())).toEqual([two.reference]);
  });
});

it('registrations of an event are spread over sixteen partitions, about as many in each', () => {
  const registration = made('spread', NOW);
  const shards = Array.from({ length: 3_200 }, () => {
    const reference = makeReference(realSystem.random(9));
    return toRegistrationItem({ ...registration, reference }, FAR_AWAY).registrationShard;
  });
  const counts = [...new Set(shards)].map((each) => shards.filter((shard) => shard === each).length);
  expect(counts).toHaveLength(16);
  expect(Math.min(...counts)).toBeGreaterThan(120);
});
