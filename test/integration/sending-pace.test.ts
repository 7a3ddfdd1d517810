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
let use: typeof import('../../functions/outbox/index.ts') & typeof import('../../shared/mail/limits/pace.case.ts');

beforeAll(async () => {
  parts = await startParts({ quota: QUOTA });
  await parts.publish(forum());
  deps = (await import('../../functions/outbox/index.ts')).realDeps();
  use = {
    ...(await import('../../functions/outbox/index.ts')),
    ...(await import('../../shared/mail/limits/pace.case.ts')),
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
