import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { SEND_PACE_KEY } from '../../shared/mail/limits/sending.schema.ts';
import { writeErased } from '../support/erased-mail.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { recordsOf } from '../support/stream.ts';

type Deps = ReturnType<typeof realOutbox>;

const QUOTA = { perSecond: 20, daily: 1000 };

let parts: Parts;
let deps: Deps;
let use: typeof import('../../functions/outbox/index.ts') &
  typeof import('../../shared/mail/limits/pace.case.ts') &
  typeof import('../../shared/mail/outbox/deliver.case.ts') &
  typeof import('../../shared/mail/outbox/sweep.case.ts');

beforeAll(async () => {
  parts = await startParts({ quota: QUOTA });
  await parts.publish(forum());
  deps = (await import('../../functions/outbox/index.ts')).realDeps();
  use = {
    ...(await import('../../functions/outbox/index.ts')),
    ...(await import('../../shared/mail/limits/pace.case.ts')),
    ...(await import('../../shared/mail/outbox/deliver.case.ts')),
    ...(await import('../../shared/mail/outbox/sweep.case.ts')),
  };
});
afterAll(() => parts?.stop());

/** Mail that nobody looked at yet, as the stream tells of it. */
const newMail = async () => recordsOf((await scan(parts, 'outbox')).filter(({ attempts }) => attempts === 0)).Records;

// A machine that stands still for a second sends too much in the next one; a sender without a rate is refused each time.
it('keeps the rate of the account, whoever sends, and is refused nothing for being too fast', {
  retry: 2,
}, async () => {
  await writeErased(parts, 40);
  const records = await newMail();
  expect(records).toHaveLength(40);
  const begun = Date.now();
  await Promise.all([records.slice(0, 20), records.slice(20)].map((half) => use.handler({ Records: half })));
  expect(Date.now() - begun).toBeGreaterThan((39 / QUOTA.perSecond) * 1000);
  const told = new Set<unknown>(records.map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S));
  const messages = (await scan(parts, 'outbox')).filter(({ id }) => told.has(id));
  expect(messages.map(({ state, attempts }) => [state, attempts])).toEqual(records.map(() => ['sent', 1]));
});

/** As many as `callsAShard` has for SES's 200 a second and four shards. */
const INSTANCES = 12;

it('keeps it with twelve instances at once, of which two were handed the same: each mail leaves once, and none is lost', async () => {
  await writeErased(parts, 20 * INSTANCES);
  const records = await newMail();
  const batches = Array.from({ length: INSTANCES }, (_, nth) => records.slice(20 * nth, 20 * (nth + 1)));
  const turns: number[] = [];
  /** Whatever the machine does meanwhile, that is what each instance may send, and when. */
  const noted = (own: Deps): Deps => {
    const take: Deps['pace']['take'] = async (mails, urgency) => {
      const given = await own.pace.take(mails, urgency);
      if ('startAt' in given) for (let n = 0; n < given.mails; n += 1) turns.push(given.startAt + n * given.every);
      return given;
    };
    return { ...own, pace: { take } };
  };
  const instances = [...batches, batches[0] ?? []].map(async (batch) => {
    const own = noted(use.realDeps());
    const ids = batch.map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S ?? '');
    const { failed, left } = await use.deliverPaced(own, ids, 'now');
    await Promise.all((left?.ids ?? []).map((id) => own.outbox.postpone(id, left?.notBefore ?? new Date())));
    return failed?.size ?? 0;
  });
  expect(await Promise.all(instances)).toEqual(instances.map(() => 0));
  const told = new Set<unknown>(records.map(({ dynamodb }) => dynamodb?.Keys?.['id']?.S));
  const unsent = async () => (await scan(parts, 'outbox')).filter(({ id, state }) => told.has(id) && state !== 'sent');
  // Turns are given for some seconds ahead: who had none is left to sweeps, as is what SES refused after a machine stood still.
  expect((await unsent()).length).toBeGreaterThan(0);
  for (let minutes = 0; minutes < 10 && (await unsent()).length > 0; minutes += 2) {
    const now = () => new Date(Date.now() + minutes * 60_000);
    await use.sweep(noted({ ...deps, system: { ...deps.system, now } }));
  }
  expect(await unsent()).toEqual([]);
  const inOrder = turns.sort((a, b) => a - b);
  for (const [nth, at] of inOrder.entries()) {
    if (nth > 0) expect(at - (inOrder[nth - 1] ?? 0)).toBeGreaterThan(1000 / QUOTA.perSecond - 1);
  }
  const mails = (await (await fetch(`${parts.mailbox.url}/messages`)).json()) as { destinations: string[] }[];
  const addresses = mails.flatMap(({ destinations }) => destinations);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(addresses.length).toBeGreaterThanOrEqual(records.length);
});

it('gives as many instances as Lambda may run turns of their own, and none of them in vain', async () => {
  const documents = documentClient();
  const quota = async () => ({ perSecond: 1000, daily: undefined, sent: 0 });
  // What was kept of the pace before was of another account.
  const system = { ...deps.system, now: () => new Date(Date.now() + 3_600_000) };
  const pace = use.storedPace(documents, parts.database.tables.outbox, system, quota);
  const given = await Promise.all(Array.from({ length: 40 }, () => pace.take(20, 'now')));
  const starts = given.flatMap((turns) => ('startAt' in turns ? [turns.startAt] : [])).sort((a, b) => a - b);
  expect(starts).toHaveLength(40);
  for (const [nth, at] of starts.entries()) {
    if (nth > 0) expect(at - (starts[nth - 1] ?? 0)).toBeGreaterThanOrEqual(20);
  }
});

it('goes on at the pace of a new account where SES does not say, and past a pace that cannot be read', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const table = parts.database.tables.outbox;
  const documents = documentClient();
  await documents.send(new PutCommand({ TableName: table, Item: { ...SEND_PACE_KEY, v: 'other', revision: 7 } }));
  const now = new Date();
  const silent = use.storedPace(documents, table, { ...deps.system, now: () => now }, () =>
    Promise.reject(new Error('down')),
  );
  expect(await silent.take(2, 'now')).toMatchObject({ every: 1000 });
  expect(error).toHaveBeenCalledOnce();
  const next = await silent.take(1, 'now');
  expect('startAt' in next && next.startAt - now.getTime()).toBeGreaterThan(1000);
  expect(error).toHaveBeenCalledOnce();
});
