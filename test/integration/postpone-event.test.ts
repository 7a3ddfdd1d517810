import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { type PublishDeps, publishEvent } from '../../cli/publish.ts';
import { type LocalDatabase, startDatabase } from '../../local/database.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { PARTS } from '../../shared/event/publish/retention.case.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type ItemKey, lockKey, registrationKey } from '../../shared/kernel/dynamo/keys.ts';

const FORUM = loadEvent(resolve('events/asean-ict-forum.yaml'));
const END = retentionEnd(FORUM);

let directory: string;
let database: LocalDatabase;
let documents: DocumentClient;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-postpone-'));
  database = await startDatabase({ directory });
  documents = documentClient(database.client);
});

afterAll(async () => {
  await database?.stop();
  await rm(directory, { recursive: true, force: true });
});

const publish = (definition: EventDefinition, changes: Partial<PublishDeps> = {}) =>
  publishEvent(definition, {
    dynamodb: database.client,
    tableName: database.tables.registry,
    outboxTable: database.tables.outbox,
    wait: async () => {},
    ...changes,
  });

/** The forum under another id, held in another year. */
const forumIn = (year: string, id: string): EventDefinition => ({
  ...FORUM,
  id,
  days: FORUM.days.map((day) => ({ ...day, date: day.date.replace('2027', year) })),
});

const put = (key: ItemKey, more: Record<string, unknown> = {}) =>
  documents.send(
    new PutCommand({ TableName: database.tables.registry, Item: { ...key, v: 1, expiresAt: END, ...more } }),
  );

async function expiryOf(key: ItemKey): Promise<unknown> {
  const command = new GetCommand({ TableName: database.tables.registry, Key: key, ConsistentRead: true });
  return (await documents.send(command)).Item?.expiresAt;
}

/** As many registrations, each with its lock, as people who registered for the event on its first dates. */
async function register(eventId: string, people: number): Promise<ItemKey[]> {
  const names = Array.from({ length: people }, (_, index) => `${index}`);
  const keys = names.flatMap((name) => [registrationKey(eventId, name), lockKey(eventId, name)]);
  await Promise.all(keys.map((key) => put(key)));
  return keys;
}

const expiriesOf = async (keys: readonly ItemKey[]): Promise<unknown[]> => [
  ...new Set(await Promise.all(keys.map(expiryOf))),
];

/** What tells everyone, and what they were told, are kept as long. */
const TOLD = 2;

describe('publishing an event on other dates', () => {
  it('keeps its registrations and locks until the new end, and nobody else’s', async () => {
    await publish(forumIn('2027', 'postponed'));
    const keys = await register('postponed', 40);
    const others = await register('postponed-too', 2);
    const event = forumIn('2028', 'postponed');

    expect(await publish(event)).toMatchObject({
      version: 2,
      changed: true,
      announced: 'event-rescheduled',
      overfull: [],
      kept: { items: keys.length + TOLD, until: new Date(retentionEnd(event) * 1000) },
    });
    expect(await expiriesOf(keys)).toEqual([retentionEnd(event)]);
    expect(await expiriesOf(others)).toEqual([END]);
    expect(await publish(event)).toEqual({ version: 2, changed: false, overfull: [] });
  });

  it('keeps them for a shorter time, too, where the retention shrinks', async () => {
    await publish(forumIn('2027', 'shorter'));
    const keys = await register('shorter', 1);
    const event = { ...forumIn('2027', 'shorter'), retention: { registrationDays: 1 } };
    await publish(event);
    expect(await expiriesOf(keys)).toEqual([retentionEnd(event)]);
    expect(retentionEnd(event)).toBeLessThan(END);
  });

  it('touches no registration where only words change', async () => {
    await publish(forumIn('2027', 'reworded'));
    await register('reworded', 1);
    const event = { ...forumIn('2027', 'reworded'), title: { en: 'Forum', km: 'វេទិកា' } };
    expect(await publish(event)).toMatchObject({ version: 2, changed: true, overfull: [] });
  });

  it('finds registrations on every page of the table', async () => {
    await publish(forumIn('2027', 'many-pages'));
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => registrationKey('many-pages', name));
    for (const key of keys) await put(key, { answer: 'x'.repeat(390_000) });
    const event = forumIn('2028', 'many-pages');
    expect(await publish(event)).toMatchObject({ kept: { items: keys.length + TOLD } });
    expect(await expiriesOf(keys)).toEqual([retentionEnd(event)]);
  });

  it('waits for whoever was registering on the old dates', async () => {
    await publish(forumIn('2027', 'busy'));
    const late = registrationKey('busy', 'late');
    const event = forumIn('2028', 'busy');
    const waited: number[] = [];
    await publish(event, { wait: async (milliseconds) => waited.push(milliseconds) && (await put(late)) });
    expect(waited).toEqual([35_000]);
    expect(await expiryOf(late)).toBe(retentionEnd(event));
  });

  it('brings nothing back that the table forgets meanwhile', async () => {
    await publish(forumIn('2027', 'forgotten'));
    const [registration] = (await register('forgotten', 1)) as [ItemKey];
    const dynamodb = clientThat(async (command) => {
      if (command !== 'ScanCommand') return;
      await documents.send(new DeleteCommand({ TableName: database.tables.registry, Key: registration }));
    });
    expect(await publish(forumIn('2028', 'forgotten'), { dynamodb })).toMatchObject({ kept: { items: 1 + TOLD } });
    const command = new GetCommand({ TableName: database.tables.registry, Key: registration });
    expect((await documents.send(command)).Item).toBeUndefined();
  });
});

describe('publishing that was interrupted', () => {
  const eventOf = (id: string) => ({ before: forumIn('2027', id), after: forumIn('2028', id) });

  /** Publishes an event on other dates, and dies after a few registrations. */
  async function interrupt(id: string): Promise<ItemKey[]> {
    await publish(eventOf(id).before);
    const keys = await register(id, 40);
    let writes = 0;
    const dynamodb = clientThat(async (command) => {
      if (command !== 'TransactWriteItemsCommand') return;
      writes += 1;
      if (writes > 30) throw new Error('the cable was pulled');
    });
    await expect(publish(eventOf(id).after, { dynamodb })).rejects.toThrow('the cable was pulled');
    expect(await expiriesOf(keys)).toHaveLength(2);
    return keys;
  }

  it('is completed when it is run again', async () => {
    const keys = await interrupt('resumed');
    const { after } = eventOf('resumed');
    let scans = 0;
    const dynamodb = clientThat(async (command) => {
      if (command === 'ScanCommand') scans += 1;
    });
    const { kept, ...resumed } = await publish(after, { dynamodb });
    expect(resumed).toEqual({ version: 2, changed: false, overfull: [] });
    // What was done before the interruption is neither read nor done again.
    expect(scans).toBeLessThan(PARTS);
    expect(kept?.items).toBeGreaterThan(0);
    expect(kept?.items).toBeLessThan(keys.length);
    expect(await expiriesOf(keys)).toEqual([retentionEnd(after)]);
    expect(await publish(after)).toEqual({ version: 2, changed: false, overfull: [] });
  });

  it('is undone when the dates before are published', async () => {
    const keys = await interrupt('reverted');
    await publish(eventOf('reverted').before);
    expect(await expiriesOf(keys)).toEqual([END]);
  });

  it('does not undo what was published after it', async () => {
    await publish(eventOf('overtaken').before);
    const keys = await register('overtaken', 2);
    const last = forumIn('2029', 'overtaken');
    await publish(eventOf('overtaken').after, { wait: async () => void (await publish(last)) });
    expect(await expiriesOf(keys)).toEqual([retentionEnd(last)]);
    expect(await publish(last)).toEqual({ version: 3, changed: false, overfull: [] });
  });
});

/** A client of the same database that does something between a command's answer and its caller. */
function clientThat(afterwards: (command: string) => Promise<void>): DynamoDBClient {
  const { region, credentials } = database.client.config;
  const client = new DynamoDBClient({ endpoint: database.endpoint, region, credentials });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      await afterwards(String(context['commandName']));
      return answer;
    },
    { step: 'initialize' },
  );
  return client;
}
