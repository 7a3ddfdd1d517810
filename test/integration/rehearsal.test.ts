import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { noteChangedEvent } from '../../shared/event/job.store.ts';
import { deleteItems } from '../../shared/event/publish/delete-event.case.ts';
import { WRITES_END } from '../../shared/event/publish/retention.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { ANSWERS_PREFIX, TABLES, type TableName } from '../../shared/kernel/dynamo/tables.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { localDate } from '../../shared/kernel/text/zoned-time.ts';
import { ROUTES } from '../../shared/routes.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { sampleOf } from '../support/schema-sample.ts';
import { openEvent } from '../support/self-service.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, grantTeam } from '../support/team.ts';
import { DO_DUE_JOBS, FOLLOW_EVENTS } from '../support/timers.ts';
import { callAs, everyCall, openWholeEvent } from '../support/whole-event.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const copyOf = (eventId: string, body: object) =>
  ask('organiser', 'copyEvent', {
    params: { eventId },
    body: { title: { en: 'Tried', km: 'ហាត់សម' }, firstDay: localDate(new Date(), forum().timeZone), ...body },
  });
const register = (eventId: string, name: string) =>
  call('submitRegistration', {
    params: { eventId },
    ...postJson(submission({ email: `${name}@${eventId}.example.org` })),
  });
const remove = (eventId: string) => ask('organiser', 'deleteRehearsal', { params: { eventId } });

/** What timers do of themselves, once nobody writes any more who was at it. */
async function tidyUp(): Promise<void> {
  const { handler: housekeeping } = await import('../../functions/housekeeping/index.ts');
  const { handler: care } = await import('../../functions/care/index.ts');
  shiftClock(WRITES_END + 1000);
  await asFunction('housekeeping', () => housekeeping(DO_DUE_JOBS as never));
  await asFunction('care', () => care(FOLLOW_EVENTS, {} as never) as Promise<unknown>);
  vi.unstubAllGlobals();
}

/** What tables hold of an event past its end, but in `Audit`. */
async function leftOf(id: string): Promise<string[]> {
  const ended = (item: Record<string, unknown>) =>
    Number(item['expiresAt']) <= (Date.now() + WRITES_END + 60_000) / 1000;
  const left = EVENT_TABLES.map(async (name) =>
    (await scan(parts, name))
      .filter((item) => JSON.stringify(item).includes(id) && !ended(item))
      .map(({ pk, sk, id }) => `${name} ${pk ?? id} ${sk}`),
  );
  return (await Promise.all(left)).flat();
}
const EVENT_TABLES = (Object.keys(TABLES) as TableName[]).filter((name) => name !== 'audit');

/** Who is in an event, which seats are taken, and who came. */
async function numbersOf(eventId: string): Promise<unknown[]> {
  const answers = await Promise.all(
    (['loadPeople', 'getQuotas', 'showCheckIn'] as const).map((route) =>
      ask('organiser', route, { params: { eventId } }),
    ),
  );
  return answers.map(({ status, body: { cursor: _, ...body } }) => ({ status, body }));
}

describe('CI16: a rehearsal, deleted in one press', () => {
  it('leaves nothing of all that everyone did in it, and nobody reads any of it; a real event beside it is as it was', async () => {
    const { id: real } = await openWholeEvent(parts, 'the-real-one');
    expect((await remove(real)).body).toMatchObject({ type: 'urn:plenary:problem:not-a-rehearsal', status: 409 });
    const before = await numbersOf(real);
    const { id, callOf } = await openWholeEvent(parts, 'tried-as-a-whole', undefined, true);
    const answer = { pk: `${ANSWERS_PREFIX}${id}#event#1`, sk: 'a', expiresAt: 2 ** 31 };
    const feedback = { TableName: parts.database.tables.feedback, Item: answer };
    await documentClient(parts.database.client).send(new PutCommand(feedback));
    expect((await leftOf(id)).filter((each) => !each.startsWith('registry')).map((each) => each.split(' ')[0])).toEqual(
      expect.arrayContaining(['care', 'outbox', 'feedback']),
    );
    expect((await ask('viewer', 'deleteRehearsal', { params: { eventId: id } })).status).toBe(403);
    expect(await remove(id)).toMatchObject({ status: 200, body: { status: 'deleted' } });

    const calls = everyCall(
      ({ auth, path }) =>
        auth !== 'canary' && (auth !== 'public' || (path.includes('{eventId}') && !path.includes('verify'))),
    );
    for (const each of calls) {
      const { body: schema, bodyFormat }: Route = ROUTES[each.id];
      const there = callOf(each.id);
      const sent = bodyFormat === 'json' && schema ? postJson(sampleOf(schema), there.headers) : undefined;
      const form = bodyFormat === 'form' ? postForm([['email', 'someone@example.org']]) : undefined;
      const { statusCode, body } = await callAs(each, { ...there, ...sent, ...form });
      const isEmpty = each.id === 'getMyRoles' ? body?.includes('"grants":[]') : !body?.includes(id);
      expect([each, statusCode === 200 ? isEmpty : [401, 403, 404, 422].includes(statusCode ?? 0)]).toEqual([
        each,
        true,
      ]);
    }
    await tidyUp();
    expect(await leftOf(id)).toEqual([`registry TOMBSTONE#${id} EVENT`]);
    const audit = await scan(parts, 'audit', { partitions: [`AUDIT#${id}`, `TOMBSTONE#${id}`] });
    expect(audit.map(({ action, sk }) => action ?? sk)).toEqual(expect.arrayContaining(['delete-rehearsal', 'EVENT']));
    expect(audit.filter(({ expiresAt }) => expiresAt === undefined)).toEqual([]);
    expect(await numbersOf(real)).toEqual(before);
    expect((await copyOf(real, { id })).body.errors).toMatchObject([{ path: 'id' }]);
  }, 120_000);

  it('ends the same where it is pressed twice while people register, come in and are mailed', async () => {
    const { id: real } = await openEvent(parts, 'to-be-copied');
    await grantTeam(parts, real);
    const id = 'raced-rehearsal';
    expect((await copyOf(real, { id, rehearsal: true })).status).toBe(201);
    await register(id, 'first');
    const [ticket] = (await readRegistry(parts, id)).registrations.map(ticketHashOf);
    const phone = await openPhone(parts, id);
    const first = await phone.send([sentScan({ ticket })]);
    expect(first.answers).toMatchObject([{ result: 'kept' }]);
    const [one, other, ...others] = await Promise.all([
      remove(id),
      remove(id),
      ...['second', 'third', 'fourth'].map((name) => register(id, name)),
      phone.send([sentScan({ ticket })]),
    ]);
    expect([one?.status, other?.status]).toEqual([200, 200]);
    expect(others).toHaveLength(4);
    const { handler: outbox } = await import('../../functions/outbox/index.ts');
    const inserts = await outboxInserts(parts);
    await asFunction('outbox', () => outbox(inserts));
    const waited = await scan(parts, 'outbox', { having: { eventId: id } });
    const mails = waited.filter(({ kind }) => kind !== undefined);
    expect(new Set(mails.map(({ failure }) => failure))).toEqual(new Set(['registration-gone']));
    expect(await fetch(`${parts.mailbox.url}/messages`).then((said) => said.text())).not.toContain(id);
    await tidyUp();
    expect(await leftOf(id)).toEqual([`registry TOMBSTONE#${id} EVENT`]);
    expect(await phone.roster()).toMatchObject({ status: 401 });
  }, 60_000);
});

it('takes nothing of other events with it that lies in a partition called as it is', async () => {
  const client = documentClient(parts.database.client);
  const { registry } = parts.database.tables;
  const { Update } = noteChangedEvent(registry, 'people', 'of-another', new Date());
  await client.send(new UpdateCommand(Update));
  await deleteItems(client, { eventId: 'people', name: 'registry', table: registry });
  const noted = await scan(parts, 'registry', { partitions: ['CHANGED-EVENT#people'] });
  expect(noted.map(({ sk }) => sk)).toContain('of-another');
});

it('is known to have been for longer than a backup reaches back, also where its data would have ended', async () => {
  const { id } = await openEvent(parts, 'long-over', { rehearsal: true });
  await grantTeam(parts, id);
  shiftClock(10 * YEAR);
  expect((await remove(id)).status).toBe(200);
  const of = { having: { eventId: id } };
  const kept = [
    ...(await scan(parts, 'outbox', of)).filter(({ job }) => job === 'delete-event'),
    ...(await scan(parts, 'registry', of)).filter(({ pk }) => String(pk).startsWith('TOMBSTONE#')),
  ];
  expect(kept.map(({ expiresAt }) => Number(expiresAt) * 1000 > Date.now() + 35 * DAY)).toEqual([true, true]);
  vi.unstubAllGlobals();
});

it('CI16: mail to made-up people is handed to nobody, is no trouble, and costs nothing', async () => {
  const { id } = await openEvent(parts, 'made-up', { rehearsal: true });
  await grantTeam(parts, id);
  const { honorific: _, ...spoken } = submission();
  const addresses = ['dara@made-up.invalid', 'chan@Made-Up.INVALID', 'real@invalid.example.org'];
  for (const email of addresses) {
    const added = await ask('organiser', 'registerOnBehalf', { params: { eventId: id }, body: { ...spoken, email } });
    expect([email, added.status]).toEqual([email, 201]);
  }
  const { handler: outbox } = await import('../../functions/outbox/index.ts');
  const inserts = await outboxInserts(parts);
  const answer = await asFunction('outbox', () => outbox(inserts));
  expect(answer).toEqual({ batchItemFailures: [] });
  const mails = (await scan(parts, 'outbox', { having: { eventId: id } })).filter(({ kind }) => kind !== undefined);
  expect(mails.map(({ state, to, failure, due }) => ({ state, to, failure, due }))).toEqual(
    Array.from(addresses, () => ({ state: 'sent' })),
  );
  const counts = await Promise.all(
    addresses.map(async (to) => (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(to)}`)).json()),
  );
  expect(counts.map((found) => (found as readonly unknown[]).length)).toEqual([0, 0, 1]);
  const [sent] = (await scan(parts, 'outbox')).filter(({ id: of }) => of === `SENT#${id}`);
  expect(sent).toMatchObject({ sent: 1 });
});

it('mail to such an address is handed on of a real event, and found to come back', async () => {
  const { id } = await openEvent(parts, 'not-made-up');
  const to = 'typed@wrong.invalid';
  expect(
    (await call('submitRegistration', { params: { eventId: id }, ...postJson(submission({ email: to })) })).statusCode,
  ).toBe(202);
  const { handler: outbox } = await import('../../functions/outbox/index.ts');
  const inserts = await outboxInserts(parts);
  await asFunction('outbox', () => outbox(inserts));
  const found = await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(to)}`);
  expect(await found.json()).toHaveLength(1);
});
