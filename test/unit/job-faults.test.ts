import { createHash } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { realDeps as realHousekeeping } from '../../functions/housekeeping/index.ts';
import type { Announcement } from '../../shared/announcements/announcement.schema.ts';
import { announceToAll } from '../../shared/announcements/timed/announce.case.ts';
import { announcingStore } from '../../shared/announcements/timed/announcing.store.ts';
import { jobStore } from '../../shared/event/job.store.ts';
import { doDueJobs, doJob } from '../../shared/jobs.ts';
import { duePartitions } from '../../shared/kernel/dynamo/due-ids.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { type Job, toJobItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { conditionFailed, mockedDynamo, refused } from '../support/aws-errors.ts';
import { forum } from '../support/forum.ts';

type Deps = ReturnType<typeof realHousekeeping>;

const NOW = new Date('2027-06-01T00:00:00.000Z');
const system = { ...realSystem, now: () => NOW, backOff: async () => undefined };
let logged: string[];
beforeEach(() => {
  logged = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void logged.push(String(line)));
});
afterEach(() => void vi.restoreAllMocks());

describe('a job that a database keeps from being done', () => {
  const jobs: readonly Job[] = ['first', 'second', 'third'].map((id) => ({
    id,
    job: 'announce',
    eventId: 'gone',
    reference: id,
    createdAt: NOW.toISOString(),
    notBefore: NOW.toISOString(),
  }));
  const THROTTLED = refused('ProvisionedThroughputExceededException');

  /** Jobs about what is not there any more, which are done as soon as that is seen. */
  function housekeeping() {
    const { client, dynamo } = mockedDynamo();
    const [first] = duePartitions('job');
    dynamo.on(QueryCommand).callsFake(({ ExpressionAttributeValues: values }) => ({
      Items: values[':due'] === first ? jobs.map(({ id, notBefore }) => ({ id, notBefore })) : [],
    }));
    for (const job of jobs) dynamo.on(GetCommand, { Key: { id: job.id } }).resolves({ Item: toJobItem(job) });
    // So much waits that one look does not show whether anything is due.
    dynamo.on(ScanCommand).resolves({ LastEvaluatedKey: {} });
    dynamo.on(DeleteCommand).resolves({});
    dynamo.on(UpdateCommand).resolves({});
    const deps = {
      system,
      jobs: jobStore({ client, outbox: 'outbox' }),
      announcements: { read: async () => undefined },
      waitlist: { readEvent: async () => undefined },
    } as unknown as Deps;
    const forgotten = () => dynamo.commandCalls(DeleteCommand).map(({ args: [{ input }] }) => input.Key?.['id']);
    return { dynamo, deps, forgotten };
  }

  it('is left for the next run and said so, and none of the others waits for it', async () => {
    const { dynamo, deps, forgotten } = housekeeping();
    dynamo.on(GetCommand, { Key: { id: 'second' } }).rejects(THROTTLED);
    await doDueJobs(deps);
    expect(forgotten()).toEqual(['first', 'third']);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('second');
    dynamo.on(GetCommand, { Key: { id: 'second' } }).resolves({});
    await doDueJobs(deps);
    expect(logged).toHaveLength(1);
  });

  it('is done after the others by the next run, or where it is, if the database takes no word of that either', async () => {
    const { dynamo, deps, forgotten } = housekeeping();
    dynamo.on(GetCommand, { Key: { id: 'second' } }).rejects(THROTTLED);
    await doDueJobs(deps);
    const deferred = () => dynamo.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => input);
    expect(deferred()).toMatchObject([
      { Key: { id: 'second' }, ExpressionAttributeValues: { ':until': NOW.toISOString() } },
    ]);
    dynamo.on(UpdateCommand).rejects(THROTTLED);
    await doDueJobs(deps);
    expect(forgotten()).toEqual(['first', 'third', 'first', 'third']);
    expect(logged.at(-1)).toContain('job not deferred');
  });

  it('is not forgotten where forgetting it failed: it is done again, which changes nothing', async () => {
    const { dynamo, deps, forgotten } = housekeeping();
    dynamo.on(DeleteCommand).rejectsOnce(THROTTLED).resolves({});
    await expect(doJob(deps, 'first')).rejects.toBe(THROTTLED);
    await doJob(deps, 'first');
    expect(forgotten()).toEqual(['first', 'first']);
  });

  it('is none that is done where what is due cannot be read: the run fails, and is seen to', async () => {
    const { dynamo, deps, forgotten } = housekeeping();
    dynamo.on(QueryCommand).rejects(THROTTLED);
    await expect(doDueJobs(deps)).rejects.toBe(THROTTLED);
    expect(forgotten()).toEqual([]);
  });
});

describe('an announcement whose mails are being written', () => {
  const EVENT = forum({ id: 'announced' });
  const people = ['1', '2', '3', '4'].map(
    (number) =>
      ({
        eventId: EVENT.id,
        reference: `000000000${number}`,
        status: 'confirmed',
        email: `person-${number}@example.org`,
        language: 'en',
        category: 'academia',
        mode: 'in-person',
        role: 'attendee',
        days: [],
        sessions: [],
        seats: [],
        consents: {},
      }) as unknown as Registration,
  );
  const JOB: Job = { id: 'job', job: 'announce', eventId: EVENT.id, reference: 'news', createdAt: NOW.toISOString() };

  type Fault = 'lost reply' | 'throttled';

  /**
   * A database that keeps what the announcement's item says, and each mail once; two people to a page. Where the answer to a write is
   * lost, the SDK writes again, and finds that its condition fails.
   */
  function announcing(faulty: number, fault: Fault) {
    const { client, dynamo } = mockedDynamo();
    const item: { cursor?: string; doneAt?: string; written: number } = { written: 0 };
    const mails: { readonly id: string; readonly to: string }[] = [];
    let writes = 0;
    const writing = (write: () => void) => {
      writes += 1;
      if (writes - 1 === faulty && fault === 'throttled') throw refused('ThrottlingException');
      write();
      if (writes - 1 === faulty) throw conditionFailed();
      return {};
    };
    dynamo.on(UpdateCommand).callsFake(({ ExpressionAttributeValues: values }) =>
      writing(() => {
        if (item.doneAt !== undefined || item.cursor !== values[':from']) throw conditionFailed();
        item.written += values[':more'];
        if (values[':cursor'] !== undefined) item.cursor = values[':cursor'];
        if (values[':doneAt'] !== undefined) item.doneAt = values[':doneAt'];
      }),
    );
    dynamo.on(PutCommand).callsFake(({ Item }) =>
      writing(() => {
        if (mails.some(({ id }) => id === Item.id)) throw conditionFailed();
        mails.push(Item);
      }),
    );
    const announcement: Announcement = {
      eventId: EVENT.id,
      id: 'news',
      kind: 'event-moved-online',
      segment: { statuses: ['confirmed'] },
      createdAt: NOW.toISOString(),
    };
    const deps = {
      system,
      secrets: { mac: async (_: string, text: string) => createHash('sha256').update(text).digest() },
      announcements: { read: async () => ({ ...announcement, ...item }), chosen: async () => undefined },
      waitlist: { readEvent: async () => EVENT },
      // Written again, it is the same.
      jobs: {
        add: async () => {
          if (fault === 'throttled') writing(() => undefined);
          else writes += 1;
        },
      },
      announcing: {
        ...announcingStore({ client, registry: 'registry', outbox: 'outbox', system }),
        async *registrations(_: string, after = '') {
          const left = people.filter(({ reference }) => reference > after);
          for (let from = 0; from < left.length; from += 2) yield left.slice(from, from + 2);
        },
      },
    } as unknown as Deps;
    return { deps, item, mails, writes: () => writes };
  }

  /** Four mails, the job that counts what becomes of them, two notes, and the last one. */
  const WRITES = 8;
  const cases = (['lost reply', 'throttled'] as const).flatMap((fault) =>
    Array.from({ length: WRITES }, (_, write) => ({ fault, write })),
  );

  it.each(cases)('reaches everyone once, and counts each once: $fault at write $write', async ({ fault, write }) => {
    const { deps, item, mails, writes } = announcing(write, fault);
    const delivered = () => announceToAll(deps, JOB);
    // The stream delivers a job again that failed.
    if (fault === 'throttled') await expect(delivered()).rejects.toThrow('ThrottlingException');
    await delivered();
    expect(mails.map(({ to }) => to).sort()).toEqual(people.map(({ email }) => email));
    expect(item).toEqual({ written: people.length, cursor: people.at(-1)?.reference, doneAt: NOW.toISOString() });
    const before = writes();
    await delivered();
    expect(writes()).toBe(before);
  });
});
