import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JsonMessage } from '../../local/mailbox/inbox.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { TABLES, type TableName } from '../../shared/kernel/dynamo/tables.ts';
import type { RouteId } from '../../shared/routes.ts';
import { call, postForm } from '../support/call.ts';
import { CANARY, CARE_ANSWERS, careForum, needsOf } from '../support/care.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, grantTeam } from '../support/team.ts';
import { callAs, everyCall, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

type OnStream = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

let parts: Parts;
let outbox: OnStream;
let housekeeping: OnStream;
beforeAll(async () => {
  parts = await startParts();
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
  ({ handler: housekeeping } = await import('../../functions/housekeeping/index.ts'));
});
afterAll(() => parts?.stop());

const eventId = 'canary';
const email = 'canary.holder@example.org';

it('CS11: what someone needs is in no table but Care, in no log, mail, page, ticket, list, search or export', async () => {
  const lines: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void lines.push(said.join(' ')));
  const event = await openEvent(parts, eventId, careForum());
  await grantTeam(parts, eventId);

  // What the person sees and is mailed, from the form to the last change.
  await event.register(email, { answers: CARE_ANSWERS });
  await event.register(email, { answers: { ...CARE_ANSWERS, help: `again ${CANARY}` } });
  await event.amend(email, { days: ['day-1'] });
  const token = await event.tokenOf(email);
  const { reference } = await event.registrationOf(email);
  const seen: string[] = [];
  for (const id of ['showRegistration', 'showAmend', 'showNeeds', 'showLetter'] as const)
    seen.push((await call(id, { params: { token } })).body ?? '');
  seen.push((await call('getRegistration', { headers: { authorization: `Bearer ${token}` } })).body ?? '');
  expect(seen.every((page) => page.includes('<h1') || page.includes(reference))).toBe(true);
  await outbox(await outboxInserts(parts));
  const mailed = await (await fetch(`${parts.mailbox.url}/messages?to=${email}`)).text();
  expect(JSON.parse(mailed)).toHaveLength(3);

  // What those see who run the event, whatever they look for.
  const params = { eventId, reference };
  const looked: string[] = [];
  const look = async (id: RouteId) => {
    const { status, body } = await ask('vettedOrganiser', id, { params });
    expect([id, status]).toEqual([id, 200]);
    looked.push(JSON.stringify(body));
    return body;
  };
  expect((await look('loadPeople')).total).toBe(1);
  await look('showOrganiserRegistration');
  const file = await ask('vettedOrganiser', 'exportAddresses', { params, body: { references: [reference] } });
  expect(file.body.people).toMatchObject([{ reference }]);
  expect(file.body.columns.join()).not.toMatch(/Food|Help/);
  looked.push(JSON.stringify(file.body));

  // What goes wrong on the way is logged without it.
  const refused: [string, string][] = [
    ['action', 'keep'],
    ['answers.help', CANARY.repeat(200)],
  ];
  expect((await call('postNeeds', { params: { token }, ...postForm(refused) })).statusCode).toBe(422);
  await event.press(email, 'send-again');
  vi.restoreAllMocks();

  const places = {
    pages: seen.join(),
    mails: mailed,
    organisers: looked.join(),
    logs: lines.join(),
    ...(await storedElsewhere()),
  };
  const found = Object.entries(places).filter(([, text]) => text.includes(CANARY) || text.includes('no chilli'));
  expect(found.map(([place]) => place)).toEqual([]);
  expect(JSON.stringify(await needsOf(parts, eventId))).toContain(CANARY);
});

it('CS11: who writes in Care without reading there may not ask for what was there, by whatever parameter', async () => {
  const client = documentClient(parts.database.client);
  const put = { TableName: parts.database.tables.care, Item: { pk: 'NEEDS#none#r', sk: 'none' } };
  const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
  const shown = { ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  const asRegistration = (input: object) =>
    asFunction('registration', () => client.send(new PutCommand({ ...put, ...input })));
  await asRegistration(condition);
  await expect(asRegistration(condition)).rejects.toThrow('conditional request failed');
  for (const asked of [shown, { ReturnValues: 'ALL_OLD' }])
    await expect(asRegistration(asked)).rejects.toThrow('AccessDenied: registration may not GetItem');
  const together = new TransactWriteCommand({ TransactItems: [{ Put: { ...put, ...shown } }] });
  await expect(asFunction('registration', () => client.send(together))).rejects.toThrow('may not GetItem');
  await expect(asFunction('care', () => client.send(together))).rejects.toThrow('ConditionalCheckFailed');
});

/** What is in all tables but `Care`, by table. */
async function storedElsewhere(): Promise<Record<string, string>> {
  const tables = (Object.keys(TABLES) as TableName[]).filter((name) => name !== 'care');
  const stored = tables.map(async (name) => [name, JSON.stringify(await scan(parts, name))] as const);
  return Object.fromEntries(await Promise.all(stored));
}

describe('CS11: of everyone in an event, also of children and delegations', () => {
  const whole = 'whole';
  let event: WholeEvent;
  beforeAll(async () => {
    event = await openWholeEvent(parts, whole);
  });

  it('no route tells anyone but the care role what they need: not holders, coordinators, guardians, organisers, nor the public', async () => {
    const tells = new Set<string>();
    const answered = new Set<RouteId>();
    const wanted = everyCall(({ method }) => method === 'GET');
    for (const asked of wanted) {
      const { statusCode = 0, body, headers, cookies } = await callAs(asked, event.callOf(asked.id));
      expect([asked, statusCode < 500]).toEqual([asked, true]);
      if (statusCode < 400) answered.add(asked.id);
      if (JSON.stringify([body, headers, cookies]).includes(CANARY)) tells.add(`${asked.id} to ${asked.who}`);
    }
    expect([...tells]).toEqual(['listNeeds to care', 'listNeeds to vettedCare']);
    expect(wanted.filter(({ id }) => !answered.has(id)).map(({ id }) => id)).toEqual([]);
    expect(await needsOf(parts, whole)).toHaveLength(3);
  });

  it('no mail, ticket or calendar carries it, whatever becomes of them, nor any table but Care', async () => {
    await event.press(event.comer, 'send-again');
    await event.press(event.comer, 'cancel');
    await housekeeping({} as never);
    await outbox(await outboxInserts(parts));
    const mails = (await (await fetch(`${parts.mailbox.url}/messages`)).json()) as JsonMessage[];
    const attached = mails.flatMap(({ attachments }) => attachments);
    expect(attached.map(({ contentType }) => contentType)).toEqual(expect.arrayContaining(['text/calendar']));
    const texts = [JSON.stringify(mails), ...attached.map(({ content }) => Buffer.from(content, 'base64').toString())];
    expect(texts.filter((text) => text.includes(CANARY))).toEqual([]);
    const stored = Object.entries(await storedElsewhere()).filter(([, text]) => text.includes(CANARY));
    expect(stored.map(([table]) => table)).toEqual([]);
  });
});
