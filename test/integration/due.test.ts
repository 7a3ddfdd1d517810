import { DeleteCommand, PutCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { doDueJobs } from '../../shared/jobs.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { dueIds, duePartition, duePartitions } from '../../shared/kernel/dynamo/due-ids.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { measureDueMail } from '../../shared/mail/account/look-at-account.case.ts';
import { accountStore, mailAccountReader } from '../../shared/mail/account/mail-account.store.ts';
import type { MailKind } from '../../shared/mail/kinds.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.schema.ts';
import { newJob, newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { type Job, toJobItem, toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';

const EVENT = 'due';
const NOW = new Date('2027-01-01T00:00:00.000Z');
const SECOND = 1000;

let parts: Parts;
let client: DocumentClient;
let table: string;

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum({ id: EVENT }));
  client = documentClient(parts.database.client);
  table = parts.database.tables.outbox;
});
afterAll(() => parts?.stop());
beforeEach(async () => {
  for (const { id } of await scan(parts, 'outbox'))
    await client.send(new DeleteCommand({ TableName: table, Key: { id } }));
});

const put = (Item: Record<string, unknown>) => client.send(new PutCommand({ TableName: table, Item }));
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * SECOND);

async function waits(kind: MailKind, since: Date, changes: Partial<OutboxMessage> = {}): Promise<string> {
  const about = { eventId: EVENT, reference: 'AAAAAAAAAA', language: 'en', email: 'someone@due.example.org' };
  const message = { ...newMessage(realSystem, kind, about, since), ...changes };
  await put(toOutboxItem(message));
  return message.id;
}

/** An id that the index finds in one partition of a queue. */
function idIn(queue: Parameters<typeof duePartition>[0], partition: number): string {
  for (;;) {
    const { id } = newJob(realSystem, 'promote', EVENT);
    if (duePartition(queue, id) === duePartitions(queue)[partition]) return id;
  }
}

describe('what waits', () => {
  it('is spread over eight partitions of each queue, about as much in each', () => {
    for (const queue of ['mail', 'mail-later', 'job'] as const) {
      const partitions = Array.from({ length: 4_000 }, () =>
        duePartition(queue, newJob(realSystem, 'promote', EVENT).id),
      );
      expect([...new Set(partitions)].sort()).toEqual([...duePartitions(queue)].sort());
      expect(duePartitions(queue)).toHaveLength(8);
      for (const each of duePartitions(queue)) {
        expect(partitions.filter((partition) => partition === each).length).toBeGreaterThan(350);
      }
    }
  });

  it('is found longest first over all partitions, as much as is asked for', async () => {
    const found: string[] = [];
    // Neighbours in time are in different partitions.
    for (let number = 0; number < 100; number += 1) {
      found.push(await waits('confirmed', ago(1000 - number), { id: idIn('mail', number % 8) }));
    }
    await waits('confirmed', new Date(NOW.getTime() + SECOND));
    expect(await dueIds(client, table, 'mail', NOW, 37)).toEqual(found.slice(0, 37));
    expect(await dueIds(client, table, 'mail', NOW, 1000)).toEqual(found);
  });

  it('is found in that order where nearly all of it is in one partition', async () => {
    const crowd: string[] = [];
    for (let number = 0; number < 130; number += 1) {
      crowd.push(await waits('confirmed', ago(1000 - number), { id: idIn('mail', 5) }));
    }
    const others = [];
    for (const seconds of [2000, 935, 100])
      others.push(await waits('confirmed', ago(seconds), { id: idIn('mail', 2) }));
    const [first = '', second = '', last = ''] = others;
    const whole = [first, ...crowd.slice(0, 66), second, ...crowd.slice(66), last];
    // Equally old ones may come in either order.
    const isOrdered = (ids: readonly string[]) => ids.map((id) => whole.indexOf(id));
    const found = isOrdered(await dueIds(client, table, 'mail', NOW, 1000));
    expect(found).toHaveLength(whole.length);
    expect(found.filter((place, index) => Math.abs(place - index) > 1)).toEqual([]);
    expect(await dueIds(client, table, 'mail', NOW, 120)).toHaveLength(120);
  });

  it('is asked for once a partition where nothing is due', async () => {
    const send = vi.spyOn(client, 'send');
    expect(await dueIds(client, table, 'job', NOW, 100)).toEqual([]);
    expect(send).toHaveBeenCalledTimes(8);
    const asked = send.mock.calls.map(([command]) => command.input as QueryCommandInput);
    expect(asked.map(({ ExpressionAttributeValues }) => ExpressionAttributeValues?.[':due']).sort()).toEqual(
      [...duePartitions('job')].sort(),
    );
    send.mockRestore();
  });

  it('is sent with tickets and links before mail that can wait, whatever waits longer and wherever', async () => {
    const urgent: string[] = [];
    const later: string[] = [];
    for (let partition = 0; partition < 8; partition += 1) {
      later.push(await waits('reminder-week', ago(5000), { id: idIn('mail-later', partition), announcement: 'gone' }));
      const to = `${partition}@due.example.org`;
      urgent.push(await waits('erased', ago(100 - partition), { id: idIn('mail', partition), to }));
    }
    const { sweep } = await import('../../shared/mail/outbox/sweep.case.ts');
    const { realDeps } = await import('../../functions/outbox/index.ts');
    const real = realDeps();
    const looked: string[] = [];
    const outbox: typeof real.outbox = {
      ...real.outbox,
      claim: async (message, ...rest) => {
        looked.push(message.id);
        return real.outbox.claim(message, ...rest);
      },
      // What there is nothing to tell of is not claimed.
      settle: async (message, ...rest) => {
        looked.push(message.id);
        return real.outbox.settle(message, ...rest);
      },
    };
    await asFunction('outbox', () =>
      sweep({ ...real, outbox, system: { ...real.system, now: () => NOW, wait: async () => {} } }),
    );
    const inTurn = [...new Set(looked)];
    expect(inTurn.slice(0, 8).sort()).toEqual([...urgent].sort());
    expect(inTurn.slice(8).sort()).toEqual([...later].sort());
    const states = (await scan(parts, 'outbox')).filter(({ id }) => urgent.includes(String(id)));
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['sent']));
  });

  it('is counted in all partitions: what cannot wait at once, the rest once its time has come', async () => {
    const later = new Date(NOW.getTime() + 3600 * SECOND);
    for (let partition = 0; partition < 8; partition += 1) {
      await waits('confirmed', later, { id: idIn('mail', partition) });
      await waits('reminder-week', ago(10), { id: idIn('mail-later', partition) });
      await waits('reminder-week', later);
    }
    const store = mailAccountReader({ client, outbox: table, system: { now: () => NOW } });
    expect(await asFunction('organiser', () => store.countWaiting())).toBe(16);
  });

  it('says since when, wherever the oldest is', async () => {
    const store = accountStore({ client, outbox: table });
    expect(await store.waitsSince()).toBeUndefined();
    for (let partition = 0; partition < 8; partition += 1) {
      const createdAt = ago(100 + (partition === 6 ? 500 : partition)).toISOString();
      await waits('confirmed', ago(10), { id: idIn('mail', partition), createdAt });
    }
    expect(await asFunction('housekeeping', () => store.waitsSince())).toBe(ago(600).toISOString());
  });

  it('and cannot wait long: how long ago its turn came is measured, of the one that waits longest', async () => {
    const measured: number[] = [];
    const log = vi
      .spyOn(console, 'log')
      .mockImplementation((line) => void measured.push(JSON.parse(line).OldestDueMail));
    const account = accountStore({ client, outbox: table });
    const look = () =>
      asFunction('housekeeping', () => measureDueMail({ account, system: { ...realSystem, now: () => NOW } }));
    await waits('reminder-week', ago(900), { id: idIn('mail-later', 1) });
    await waits('confirmed', ago(-60), { id: idIn('mail', 1) });
    await look();
    for (const partition of [0, 3, 5])
      await waits('confirmed', ago(100 * partition + 7), { id: idIn('mail', partition) });
    await look();
    log.mockRestore();
    // Where none is due, nothing: it would be paid for in each hour of a system that nobody uses.
    expect(measured).toEqual([507]);
  });

  it('is done, of jobs in any partition, and forgotten', async () => {
    for (let partition = 0; partition < 8; partition += 1) {
      const job: Job = {
        ...newJob(realSystem, 'promote', EVENT, { notBefore: ago(10) }),
        id: idIn('job', partition),
      };
      await put(toJobItem(job));
    }
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const real = realDeps();
    await asFunction('housekeeping', () => doDueJobs({ ...real, system: { ...real.system, now: () => NOW } }));
    expect((await scan(parts, 'outbox')).filter(({ job }) => job !== undefined)).toEqual([]);
  });

  it('keeps no job from its turn, however many that are older fail', async () => {
    const add = async (id: string, seconds: number) =>
      put(toJobItem({ ...newJob(realSystem, 'promote', EVENT, { notBefore: ago(seconds) }), id }));
    for (let number = 0; number < 100; number += 1) await add(`fails-${number}`, 1000 - number);
    await add('waits', 10);
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const real = realDeps();
    const jobs = {
      ...real.jobs,
      read: (id: string) => (id === 'waits' ? real.jobs.read(id) : Promise.reject(new Error('broken'))),
    };
    const run = (now: Date) =>
      asFunction('housekeeping', () => doDueJobs({ ...real, jobs, system: { ...real.system, now: () => now } }));
    const left = async () => (await scan(parts, 'outbox')).filter(({ job }) => job !== undefined).map(({ id }) => id);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await run(NOW);
    expect(await left()).toContain('waits');
    await run(new Date(NOW.getTime() + 60 * SECOND));
    expect(await left()).toHaveLength(100);
    expect(await left()).not.toContain('waits');
  });
});
