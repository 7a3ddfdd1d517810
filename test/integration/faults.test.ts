import { DynamoDBDocumentClient, GetCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { realDeps as realAttendee } from '../../functions/attendee/index.ts';
import type { realDeps as realRegistration } from '../../functions/registration/index.ts';
import { FIRST_WAIT, RECONCILIATION } from '../../shared/mail/outbox/deliver.case.ts';
import type { RegistrationWithEvent } from '../../shared/registration/registration.store.ts';
import { type Interceptor, interceptedClient } from '../support/faults.ts';

import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

type AttendeeDeps = ReturnType<typeof realAttendee>;
type Deps = ReturnType<typeof realRegistration>;

let parts: Parts;
let plain: DynamoDBDocumentClient;
let intercept: Interceptor = () => undefined;
let registration: Deps;
let attendee: AttendeeDeps;
let outbox: ReturnType<typeof import('../../functions/outbox/index.ts').realDeps>;
let use: {
  submit: typeof import('../../shared/registration/apply/submit.case.ts').submit;
  cancel: typeof import('../../shared/minors/end-young.case.ts').cancel;
  deliver: typeof import('../../shared/mail/outbox/deliver.case.ts').deliver;
  sweep: typeof import('../../shared/mail/outbox/sweep.case.ts').sweep;
};

beforeAll(async () => {
  parts = await startParts();
  plain = DynamoDBDocumentClient.from(parts.database.client);
  await parts.publish(forum());
  const client = interceptedClient((command, input) => intercept(command, input));
  registration = (await import('../../functions/registration/index.ts')).realDeps(client);
  attendee = (await import('../../functions/attendee/index.ts')).realDeps(client);
  outbox = (await import('../../functions/outbox/index.ts')).realDeps(client);
  use = {
    ...(await import('../../shared/registration/apply/submit.case.ts')),
    ...(await import('../../shared/minors/end-young.case.ts')),
    ...(await import('../../shared/mail/outbox/deliver.case.ts')),
    ...(await import('../../shared/mail/outbox/sweep.case.ts')),
  };
});
afterAll(() => parts?.stop());
beforeEach(() => {
  intercept = () => undefined;
});

const scan = async (table: 'registry' | 'outbox') =>
  (await plain.send(new ScanCommand({ TableName: parts.database.tables[table], ConsistentRead: true }))).Items ?? [];
const registrationsOf = async (email: string) =>
  (await scan('registry')).filter((item) => String(item['pk']).startsWith('REGISTRATION#') && item['email'] === email);
const messagesAbout = async (references: readonly unknown[]) =>
  (await scan('outbox')).filter((item) => references.includes(item['reference']));
const register = (changes: { email: string } & Record<string, unknown>) => {
  const sent = submission(changes);
  return use.submit(registration, {
    eventId: 'asean-ict-forum',
    language: 'en',
    email: changes.email,
    identity: JSON.stringify(sent),
    submissionFor: () => sent as never,
  });
};
async function held(email: string): Promise<RegistrationWithEvent> {
  const [item] = (await registrationsOf(email)).filter(({ status }) => status !== 'cancelled');
  const found = await attendee.registrations.readWithEvent('asean-ict-forum', String(item?.['reference']), 'en');
  if (found === undefined) throw new Error(`${email} is not registered`);
  return found;
}

describe('reading what was written a moment ago', () => {
  it('asks for consistency wherever a missing item would change what is done', async () => {
    let reads = 0;
    const lagging: string[] = [];
    intercept = (command, input) => {
      const request = Object.values((input['RequestItems'] ?? {}) as Record<string, { ConsistentRead?: boolean }>)[0];
      if (command === 'BatchGetItemCommand') reads += 1;
      if (command === 'BatchGetItemCommand' && !request?.ConsistentRead) lagging.push(command);
      return undefined;
    };
    await register({ email: 'lag@example.org' });
    const [item] = await registrationsOf('lag@example.org');
    const [message] = await messagesAbout([item?.['reference']]);
    await use.deliver(outbox, String(message?.['id']));
    expect(await messagesAbout([item?.['reference']])).toMatchObject([{ state: 'sent' }]);
    expect({ reads, lagging }).toEqual({ reads: 2, lagging: [] });
  });
});

describe('a registration that is cancelled while its holder registers again', () => {
  it('is registered anew: what was acknowledged is stored and mailed', async () => {
    await register({ email: 'again@example.org' });
    const before = await held('again@example.org');
    let cancelledMeanwhile = false;
    intercept = (command) => {
      if (command !== 'TransactWriteItemsCommand' || cancelledMeanwhile) return undefined;
      cancelledMeanwhile = true;
      return use.cancel(attendee, before).then(() => undefined);
    };
    await register({ email: 'again@example.org', fullName: 'Changed Their Mind' });
    const all = await registrationsOf('again@example.org');
    expect(all.map(({ status }) => status).sort()).toEqual(['cancelled', 'confirmed']);
    const kinds = (await messagesAbout(all.map(({ reference }) => reference))).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['cancelled', 'confirmed', 'confirmed']);
  });
});

describe('RE7: rivals for a counter', () => {
  it('three conflicts in a row end in one registration', async () => {
    let conflicts = 3;
    const { TransactionCanceledException } = await import('@aws-sdk/client-dynamodb');
    intercept = async (command) => {
      if (command !== 'TransactWriteItemsCommand' || conflicts === 0) return undefined;
      conflicts -= 1;
      throw new TransactionCanceledException({
        message: 'conflict',
        $metadata: {},
        CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
      });
    };
    await register({ email: 'conflict@example.org' });
    expect(await registrationsOf('conflict@example.org')).toHaveLength(1);
    expect(conflicts).toBe(0);
  });
});

describe('cancelling', () => {
  it('goes through when a counter has drifted, and gives back the rest', async () => {
    await register({ email: 'drifted@example.org' });
    const found = await held('drifted@example.org');
    const [seat] = found.registration.seats;
    const key = { pk: `QUOTA#asean-ict-forum#${seat?.quota}##${seat?.shard}`, sk: 'QUOTA' };
    const set = (taken: number) =>
      plain.send(
        new UpdateCommand({
          TableName: parts.database.tables.registry,
          Key: key,
          UpdateExpression: 'SET taken = :taken',
          ExpressionAttributeValues: { ':taken': taken },
        }),
      );
    const { Item } = await plain.send(new GetCommand({ TableName: parts.database.tables.registry, Key: key }));
    await set(0);
    expect(await use.cancel(attendee, found)).toMatchObject({ status: 'cancelled', seats: [] });
    await set(Item?.['taken'] - 1);
  });
});

describe('sending', () => {
  const messageOf = async (email: string) => {
    const [item] = await registrationsOf(email);
    const [message] = await messagesAbout([item?.['reference']]);
    return message ?? {};
  };

  it('CS19: a message that is never sent forgets its address in the end', async () => {
    await register({ email: 'unsent@example.org' });
    expect(await messageOf('unsent@example.org')).toMatchObject({
      to: 'unsent@example.org',
      expiresAt: expect.any(Number),
    });
  });

  /** The same instance a while later. */
  const later = (milliseconds: number) => ({
    ...outbox,
    system: { ...outbox.system, now: () => new Date(Date.now() + milliseconds) },
  });

  it('what SES puts off waits longer each time, wakes by itself, and is sent when SES takes it', async () => {
    await register({ email: 'put-off@example.org' });
    const { id } = await messageOf('put-off@example.org');
    const off = { mailer: { send: async () => ({ kind: 'put-off', reason: 'Throttling' }) as const } };
    await use.deliver({ ...outbox, ...off }, id);
    expect(await messageOf('put-off@example.org')).toMatchObject({ state: 'pending', attempts: 1 });
    await use.deliver(outbox, id);
    expect(await messageOf('put-off@example.org')).toMatchObject({ state: 'pending', attempts: 1 });
    await use.sweep({ ...later(FIRST_WAIT + 1000), ...off });
    await use.sweep(later(2 * FIRST_WAIT));
    expect(await messageOf('put-off@example.org')).toMatchObject({ state: 'pending', attempts: 2 });
    await use.sweep(later(3 * FIRST_WAIT + 2000));
    expect(await messageOf('put-off@example.org')).toMatchObject({ state: 'sent', attempts: 3 });
  });

  it('what SES refuses for good is failed, with the reason and without the address', async () => {
    await register({ email: 'refused@example.org' });
    const { id } = await messageOf('refused@example.org');
    const no = { ...outbox, mailer: { send: async () => ({ kind: 'refused', reason: 'MessageRejected' }) as const } };
    await use.deliver(no, id);
    const message = await messageOf('refused@example.org');
    expect(message).toMatchObject({ state: 'failed', failure: 'MessageRejected' });
    expect(message).not.toHaveProperty('to');
  });

  it('a lost answer leaves it to what SES tells, and is sent again where that does not come', async () => {
    await register({ email: 'lost@example.org' });
    const { id } = await messageOf('lost@example.org');
    const lost = { ...outbox, mailer: { send: () => Promise.reject(new Error('socket hang up')) } };
    await use.deliver(lost, id);
    await use.sweep(outbox);
    expect(await messageOf('lost@example.org')).toMatchObject({ state: 'unknown', attempts: 1 });
    await use.sweep(later(RECONCILIATION - 1000));
    expect(await messageOf('lost@example.org')).toMatchObject({ state: 'unknown', attempts: 1 });
    await use.sweep(later(RECONCILIATION + 1000));
    expect(await messageOf('lost@example.org')).toMatchObject({ state: 'sent', attempts: 2 });
    expect(await messageOf('lost@example.org')).not.toHaveProperty('due');
  });

  it('a read that fails costs a wait, and holds back no other message', async () => {
    await register({ email: 'read@example.org' });
    const { id } = await messageOf('read@example.org');
    intercept = async (command) => {
      if (command === 'BatchGetItemCommand') throw new Error('the network');
      return undefined;
    };
    await use.deliver(outbox, id);
    intercept = () => undefined;
    expect(await messageOf('read@example.org')).toMatchObject({ state: 'pending', attempts: 1 });
    await use.sweep(later(FIRST_WAIT + 1000));
    expect(await messageOf('read@example.org')).toMatchObject({ state: 'sent' });
  });

  it('a message that cannot even be claimed is told to the stream', async () => {
    await register({ email: 'unclaimed@example.org' });
    const { id } = await messageOf('unclaimed@example.org');
    intercept = async (command) => {
      if (command === 'TransactWriteItemsCommand') throw new Error('the network');
      return undefined;
    };
    await expect(use.deliver(outbox, id)).rejects.toThrow('the network');
  });

  it('a ticket is not mailed for a registration that was cancelled before', async () => {
    await register({ email: 'quick@example.org' });
    const { id } = await messageOf('quick@example.org');
    await use.cancel(attendee, await held('quick@example.org'));
    await use.deliver(outbox, id);
    const [item] = await registrationsOf('quick@example.org');
    const settled = (await messagesAbout([item?.['reference']])).find((message) => message['id'] === id);
    expect(settled).toMatchObject({ state: 'failed', failure: 'superseded' });
  });
});
