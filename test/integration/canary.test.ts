import { generateKeyPairSync, sign } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CANARY } from '../../bench/cost/estimate.ts';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { canaryStage, DEFINITION, makeCanary } from '../../cli/canary/make-canary.ts';
import { deleteEvent } from '../../cli/delete-event.ts';
import { readEvent } from '../../cli/event-file.ts';
import { inviteOrganiser } from '../../cli/invite-organiser.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { flyCanary } from '../../shared/checkin/canary.case.ts';
import { revokeAccess } from '../../shared/checkin/device/known-device.case.ts';
import {
  CANARY_ADDRESS,
  CANARY_DEVICE,
  CANARY_EVENT,
  CANARY_SCANS_KEPT,
  canaryParameters,
} from '../../shared/kernel/canary.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { guardKey } from '../../shared/kernel/dynamo/keys.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { toGuardAttributes } from '../../shared/mail/limits/guard.store.ts';
import { deleteMailHold, toMailHoldItem } from '../../shared/mail/outbox/mail-hold.store.ts';
import { submission } from '../support/forum.ts';

/*
 * The canary as it is deployed: its own handler, by HTTP, against all of the system. Systems Manager alone is made up, which nothing here has.
 */

const STAGE = 'local';
/** The secret, the lock, the registration. */
const READS_OF_A_LOOK = 4;

let system: LocalSystem;
let meter: MeteredDatabase;
let client: DynamoDBDocumentClient;
let stage: Parameters<typeof makeCanary>[0];
/** What Systems Manager keeps. */
const kept = new Map<string, string>();
const keyOf = (name: string): string => kept.get(`${canaryParameters(STAGE)}/${name}`) ?? '';
const setKey = (name: string, value: string) => kept.set(`${canaryParameters(STAGE)}/${name}`, value);

beforeAll(async () => {
  const ssm = mockClient(SSMClient);
  ssm.on(PutParameterCommand).callsFake(({ Name, Value, Type, Overwrite }) => {
    expect([Type, Overwrite]).toEqual(['SecureString', true]);
    kept.set(Name, Value);
    return {};
  });
  ssm.on(GetParametersCommand).callsFake(({ Names, WithDecryption }) => {
    expect(WithDecryption).toBe(true);
    return { Parameters: Names.flatMap((Name: string) => (kept.has(Name) ? [{ Name, Value: kept.get(Name) }] : [])) };
  });
  system = await startSystem({
    quiet: true,
    standBetween: async (database) => {
      meter = await meterDatabase(database);
      return meter;
    },
  });
  for (const [name, value] of Object.entries(system.environment)) vi.stubEnv(name, value);
  client = documentClient(new DynamoDBClient({}));
  const { registry, outbox } = system.tables;
  const ticketKey = system.environment[ENVIRONMENT.ticketKey] ?? '';
  const clients = { dynamodb: new DynamoDBClient({}), kms: new KMSClient({}), ssm: new SSMClient({}) };
  stage = { name: STAGE, registry, outbox, ticketKey, ...clients };
  // Before the first mail: the outbox remembers for good that none is held.
  const Item = toMailHoldItem({ since: new Date().toISOString(), restoredTo: new Date().toISOString() });
  await client.send(new PutCommand({ TableName: registry, Item }));
  await makeCanary(stage);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await system?.stop();
});

const registry = () => system.tables.registry;

async function itemsOf(table: keyof LocalSystem['tables']): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName: system.tables[table], ConsistentRead: true },
  ))
    found.push(...Items);
  return found;
}

/** References of those registered with the canary's address, and what holds it. */
const registered = async () =>
  (await itemsOf('registry'))
    .filter(
      (each) =>
        (each['email'] === CANARY_ADDRESS || String(each['pk']).startsWith('LOCK#')) &&
        each['eventId'] !== SAMPLE_EVENT,
    )
    .filter(({ pk }) => String(pk).includes(CANARY_EVENT));

interface Flown {
  /** Whether Lambda counts the call among those that failed. */
  readonly hasFailed: boolean;
  /** Of each failure: its step and what was answered. */
  readonly failed: readonly (readonly [step: string, saw: unknown])[];
  readonly line: Record<string, unknown>;
}

/** @param patience milliseconds; as the function is deployed, where absent */
async function fly(patience?: number): Promise<Flown> {
  const spies = [
    vi.spyOn(process.stdout, 'write').mockReturnValue(true),
    ...(['log', 'info', 'error'] as const).map((each) => vi.spyOn(console, each).mockImplementation(() => undefined)),
  ];
  try {
    const { handler, realDeps } = await import('../../functions/canary/index.ts');
    const call = patience === undefined ? handler({}) : flyCanary(realDeps(), patience);
    const hasFailed = await call.then(
      () => false,
      ({ name }: Error) => name === 'UnfitError',
    );
    const lines = spies
      .flatMap(({ mock }) => mock.calls.map(([line]) => String(line)))
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    return {
      hasFailed,
      failed: lines
        .filter(({ message }) => message === 'the canary could not')
        .map(({ step, saw, error }) => [step, saw ?? error]),
      line: lines.find(({ message }) => message === 'canary'),
    };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const ask = (path: string, init: RequestInit & { readonly token?: string } = {}) => {
  const { token, headers, ...rest } = init;
  const said = { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  return fetch(system.siteUrl + path, { redirect: 'manual', ...rest, headers: said });
};
const OWN = `/api/events/${CANARY_EVENT}/registrations`;
const json = (body: object) => ({
  ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
});
const someone = (email: string) =>
  json({
    ...{ ageBand: 'adult', email, fullName: 'Someone', position: 'Tester', organisation: 'Sample', country: 'SG' },
    ...{ category: 'canary', mode: 'in-person', days: ['first'], language: 'en' },
  });
const problem = async (answer: Response) => [answer.status, ((await answer.json()) as { type?: string }).type];

describe('the canary', () => {
  it('says that no mail arrives, and leaves nothing', async () => {
    const { hasFailed, failed } = await fly(2_000);
    expect([hasFailed, failed]).toEqual([true, [['delivery', 'no-delivery']]]);
    expect(await registered()).toEqual([]);
    await writeAll(client, [deleteMailHold(registry())], realSystem);
  });

  it('registers, sees its mail arrive, erases that and scans; again and again, and under attack', async () => {
    for (const guarded of [false, false, true]) {
      if (guarded) {
        const Item = { ...guardKey(CANARY_EVENT), ...toGuardAttributes(new Date(Date.now() + 600_000)) };
        await client.send(new PutCommand({ TableName: registry(), Item }));
      }
      const { hasFailed, failed, line } = await fly();
      expect([hasFailed, failed]).toEqual([false, []]);
      expect(line?.['deliveredMs']).toEqual(expect.any(Number));
      expect(await registered()).toEqual([]);
      if (guarded) await client.send(new DeleteCommand({ TableName: registry(), Key: guardKey(CANARY_EVENT) }));
    }
  });

  it('takes no more of tables and requests than docs/cost.md reckons with', async () => {
    const asked = vi.spyOn(globalThis, 'fetch');
    const taken = await system.hold(async () => {
      meter.take();
      await fly();
      return meter.take();
    });
    const sum = (of: 'readUnits' | 'writeUnits') => taken.reduce((all, each) => all + each[of], 0);
    // A mail takes seconds on AWS, in which the canary looks some times more.
    const [looks, most] = [asked.mock.calls.filter(([url]) => String(url).endsWith(OWN)).length - 2, 5];
    const more = most - looks;
    const requests = asked.mock.calls.filter(([url]) => String(url).startsWith(system.siteUrl)).length + more;
    asked.mockRestore();
    expect(more).toBeGreaterThan(0);
    expect(requests).toBe(CANARY.requests);
    expect(taken.length).toBeGreaterThan(10);
    expect(sum('readUnits') + more * READS_OF_A_LOOK).toBeLessThanOrEqual(CANARY.reads);
    expect(sum('writeUnits')).toBeLessThanOrEqual(CANARY.writes);
  });

  it('is in no list, number or log of who did what, and what it scans goes', async () => {
    const items = await itemsOf('registry');
    const own = items.filter((each) => JSON.stringify(each).includes(CANARY_EVENT));
    const kinds = new Set(own.map(({ pk }) => String(pk).split('#')[0]));
    // Nothing among EVENTS, from which lists, digests, reminders and numbers begin, nor in an index of people or a member's events.
    expect([...kinds].sort()).toEqual(
      [
        'CHECK-IN',
        'CHECK-IN-COUNT',
        'CHECK-IN-FEED',
        'DEVICE',
        'EVENT',
        'PROOF',
        'REGISTRATION',
        'SCAN',
        'TICKET',
      ].sort(),
    );
    const scans = own.filter(({ pk }) => /^(CHECK-IN|SCAN)/.test(String(pk)));
    const latest = Math.ceil(Date.now() / 1000) + CANARY_SCANS_KEPT;
    expect(scans.length).toBeGreaterThan(4);
    expect(scans.filter(({ expiresAt }) => Number(expiresAt) > latest)).toEqual([]);
    const counts = own.filter(({ pk }) => String(pk).startsWith('CHECK-IN-COUNT'));
    expect(counts.map(({ came, inside }) => [came, inside])).toEqual(counts.map(() => [0, 0]));
    expect((await itemsOf('audit')).filter((each) => JSON.stringify(each).includes(CANARY_EVENT))).toEqual([]);
    for (const path of ['/', `/e/${SAMPLE_EVENT}`])
      expect(await (await fetch(system.siteUrl + path)).text()).not.toContain(CANARY_EVENT);
    const deps = { dynamodb: stage.dynamodb, tableName: registry(), auditTable: system.tables.audit };
    await expect(inviteOrganiser({ eventId: CANARY_EVENT }, deps)).rejects.toThrow('nobody runs it');
    // Nor among what events cost.
    expect((await itemsOf('outbox')).filter(({ id }) => id === `SENT#${CANARY_EVENT}`)).toEqual([]);
    // A definition as any other, which no file and no console can publish.
    expect(readEvent(JSON.stringify(DEFINITION)).problems.map(({ path }) => path)).toEqual(['id']);
  });

  it('is counted apart from what others get at the same address', async () => {
    const caps = async () => (await itemsOf('outbox')).filter(({ id }) => String(id).startsWith('CAP#')).length;
    const before = await caps();
    const answer = await ask(`/api/events/${SAMPLE_EVENT}/registrations`, json(submission({ email: CANARY_ADDRESS })));
    expect(answer.status).toBe(202);
    await expect.poll(caps, { interval: 200, timeout: 10_000 }).toBe(before + 1);
  });

  it('names each part that is broken, and leaves nothing', async () => {
    const { secret, ticket, device } = { secret: keyOf('secret'), ticket: keyOf('ticket'), device: keyOf('device') };
    setKey('secret', 'A'.repeat(43));
    expect((await fly()).failed).toEqual([['leftovers', 401]]);
    setKey('secret', secret);
    setKey(
      'ticket',
      ticket.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    );
    expect((await fly()).failed).toEqual([['ticket', 'invalid']]);
    setKey('ticket', ticket);
    setKey('device', device.replace(/.{43}$/, 'A'.repeat(43)));
    expect((await fly()).failed).toEqual([['check-in', 401]]);
    kept.delete(`${canaryParameters(STAGE)}/device`);
    expect((await fly()).failed).toEqual([['keys', 'no device']]);
    setKey('device', device);
    vi.stubEnv(ENVIRONMENT.siteUrl, 'http://127.0.0.1:9');
    const { hasFailed, failed } = await fly();
    expect([hasFailed, failed.map(([step]) => step)]).toEqual([true, ['leftovers', 'ticket']]);
    vi.stubEnv(ENVIRONMENT.siteUrl, 'https://127.0.0.1:9');
    expect((await fly()).failed.map(([step]) => step).sort()).toEqual(['certificate', 'leftovers', 'ticket']);
    vi.stubEnv(ENVIRONMENT.siteUrl, system.siteUrl);
    expect(await registered()).toEqual([]);
    expect((await fly()).failed).toEqual([]);
  });

  it('is told that its phone was shut out, and goes on with keys that are made anew, while the former open nothing', async () => {
    const former = { secret: keyOf('secret'), device: keyOf('device') };
    const deps = { client, registry: registry(), system: realSystem };
    expect(await revokeAccess(deps, CANARY_EVENT, CANARY_DEVICE)).toBe(true);
    expect((await fly()).failed).toEqual([['check-in', 'device-revoked']]);
    await makeCanary(stage);
    expect((await fly()).failed).toEqual([]);
    expect((await ask(OWN, { token: former.secret })).status).toBe(401);
    expect((await ask('/api/checkin/roster', { token: former.device })).status).toBe(401);
  });

  it('cannot be deleted: its id would be nobody’s until the end of its event, in 2100', async () => {
    await expect(deleteEvent(client, system.tables, CANARY_EVENT, realSystem)).rejects.toThrow(
      'the system tries itself',
    );
    await makeCanary(stage);
    expect((await fly()).failed).toEqual([]);
  });

  it('flies at the same time as another one, and leaves nothing: the alarm rings for two that fail one after the other', async () => {
    const { handler } = await import('../../functions/canary/index.ts');
    await Promise.allSettled([handler({}), handler({}), fly()]);
    expect(await registered()).toEqual([]);
    expect((await fly()).failed).toEqual([]);
  });

  it('is made for what is deployed: with the tables and the key that its functions are told', async () => {
    const [formation, lambda] = [mockClient(CloudFormationClient), mockClient(LambdaClient)];
    const StackResourceSummaries = [
      { LogicalResourceId: 'OutboxFunction0A1B2C3D', PhysicalResourceId: 'Trial-Api-Outbox' },
    ];
    formation.on(ListStackResourcesCommand, { StackName: 'Trial-Api' }).resolves({ StackResourceSummaries } as never);
    const told = { registry: 'R', outbox: 'O', ticketKey: 'arn:T' };
    const Variables = Object.fromEntries(
      Object.entries(told).map(([key, value]) => [ENVIRONMENT[key as 'registry'], value]),
    );
    lambda
      .on(GetFunctionConfigurationCommand, { FunctionName: 'Trial-Api-Outbox' })
      .resolves({ Environment: { Variables } });
    expect(await canaryStage('Trial')).toMatchObject({ name: 'Trial', ...told });
    lambda.on(GetFunctionConfigurationCommand).resolves({});
    await expect(canaryStage('Trial')).rejects.toThrow(ENVIRONMENT.ticketKey);
    formation.restore();
    lambda.restore();
  });

  it('erases what was left, whoever registered it', async () => {
    expect((await ask(OWN, someone(CANARY_ADDRESS))).status).toBe(202);
    expect(await registered()).toHaveLength(2);
    expect((await fly()).failed).toEqual([]);
    expect(await registered()).toEqual([]);
  });
});

/** DER of X.509 (RFC 5280): a certificate that names nobody and is signed by its own key. */
function certificateUntil(end: Date) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts);
    const long = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
    return Buffer.concat([Buffer.from([tag, ...long]), body]);
  };
  const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]|\.\d+/g, '')}`));
  const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  const name = der(
    0x30,
    der(0x31, der(0x30, der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from('canary')))),
  );
  const said = der(
    0x30,
    ...[der(0xa0, der(0x02, Buffer.of(2))), der(0x02, Buffer.of(1)), ecdsaWithSha256, name],
    ...[der(0x30, time(new Date(0)), time(end)), name, publicKey.export({ type: 'spki', format: 'der' })],
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', said, privateKey));
  const whole = der(0x30, said, ecdsaWithSha256, signature).toString('base64');
  const cert = `-----BEGIN CERTIFICATE-----\n${whole}\n-----END CERTIFICATE-----\n`;
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
}

it.each([
  ['15 days', 15, []],
  ['13 days', 13, [['certificate', 13]]],
])('the canary reads that the certificate is good for %s', async (_, days, failed) => {
  const hour = 3_600_000;
  const { hostname, port } = new URL(system.siteUrl);
  const edge = createServer(certificateUntil(new Date(Date.now() + days * 24 * hour + hour)), (socket) => {
    const inside = connect(Number(port), hostname);
    socket.pipe(inside).pipe(socket);
    for (const each of [socket, inside]) each.on('error', () => inside.destroy());
  });
  await new Promise<void>((resolve) => edge.listen(0, '127.0.0.1', resolve));
  const { port: at } = edge.address() as AddressInfo;
  vi.stubEnv(ENVIRONMENT.siteUrl, `https://localhost:${at}`);
  // It is one that nobody vouches for.
  expect((await fly()).failed.map(([step]) => step).sort()).toEqual(['certificate', 'leftovers', 'ticket']);
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const { failed: saw, line } = await fly();
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1');
  expect(saw).toEqual(failed);
  if (failed.length === 0) expect(line['certificateDays']).toBe(days);
  vi.stubEnv(ENVIRONMENT.siteUrl, system.siteUrl);
  edge.close();
});

describe('what its secret opens', () => {
  it('is the canary and nothing else: no other event, no other route', async () => {
    const token = keyOf('secret');
    expect((await ask(OWN, { token })).status).toBe(200);
    for (const method of ['GET', 'DELETE']) {
      const other = await ask(`/api/events/${SAMPLE_EVENT}/registrations`, { method, token });
      expect(await problem(other)).toEqual([401, 'urn:plenary:problem:link-not-valid']);
    }
    // Of the same address, at an event of people.
    expect(
      (await itemsOf('registry')).filter(({ email, eventId }) => email === CANARY_ADDRESS && eventId === SAMPLE_EVENT),
    ).toHaveLength(1);
    for (const path of [
      '/api/registration',
      '/api/checkin/roster',
      `/api/organiser/events/${CANARY_EVENT}/registrations`,
    ])
      expect((await ask(path, { token })).status, path).toBe(401);
    expect((await ask('/api/registration', { method: 'DELETE', token })).status).toBe(401);
    expect((await ask('/api/checkin/scans', { ...json({ scans: [{}] }), token })).status).toBe(401);
  });

  it('is asked for: another one is refused as any wrong link is, and so is each other credential', async () => {
    const wrong = [undefined, '', 'A'.repeat(43), `${keyOf('secret')}A`, keyOf('device'), keyOf('ticket')];
    for (const method of ['GET', 'DELETE'])
      for (const token of wrong)
        expect(await problem(await ask(OWN, { method, ...(token !== undefined && { token }) }))).toEqual([
          401,
          'urn:plenary:problem:link-not-valid',
        ]);
  });

  it('its event takes nobody else', async () => {
    const before = await registered();
    for (const email of ['someone@example.org', `x${CANARY_ADDRESS}`, 'success+x@simulator.amazonses.com'])
      expect((await ask(OWN, someone(email))).status, email).toBe(409);
    const form = (path: string, fields: Record<string, string>) =>
      ask(`/e/${CANARY_EVENT}${path}?lang=en`, { method: 'POST', body: new URLSearchParams(fields) });
    const email = 'someone@example.org';
    expect((await form('/register', { ageBand: 'adult', email, fullName: 'Someone' })).status).toBe(409);
    // Answered alike for every address, and nothing comes of it.
    expect((await form('/delegation', { email, language: 'en' })).status).toBe(303);
    expect([403, 409]).toContain((await form('/register/young', { name: 'Someone', email })).status);
    expect(await registered()).toEqual(before);
    expect(JSON.stringify(await itemsOf('outbox'))).not.toContain(email);
  });
});
