import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { listen } from '../../local/http.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { logged, logger, watched } from '../../shared/kernel/log.store.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;
let lines: Record<string, unknown>[];
const key = { pk: 'LINES', sk: 'one' };

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
beforeEach(() => {
  lines = [];
  for (const method of ['log', 'info', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(JSON.parse(line)));
});
afterEach(() => vi.restoreAllMocks());

/** Of a request by this id, whose line says how it ended. */
const request = (correlationId: string, work: () => Promise<unknown>, hasFailed = false, context = {}) =>
  logged('request', { correlationId, context }, () => ({ about: { routeKey: 'GET /x' }, hasFailed }), work);

it('a request that failed tells its calls: what, of which tables, how long, tries and units, but of answers (FB2)', async () => {
  const client = documentClient();
  const kms = watched(new KMSClient({}));
  const { registry, outbox, feedback } = parts.database.tables;
  await request(
    'failed',
    async () => {
      await client.send(new PutCommand({ TableName: registry, Item: key }));
      await client.send(new PutCommand({ TableName: feedback, Item: key }));
      await client.send(new GetCommand({ TableName: registry, Key: key, ConsistentRead: true }));
      const put = (TableName: string, Item: object) => ({ Put: { TableName, Item } });
      const TransactItems = [put(registry, { ...key, sk: 'two' }), put(outbox, { id: 'LINES' })];
      await client.send(new TransactWriteCommand({ TransactItems }));
      const put1 = { TableName: registry, Item: key, ConditionExpression: 'attribute_not_exists(pk)' };
      await client.send(new PutCommand(put1)).catch(() => undefined);
      const mac = { KeyId: 'none', MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('x') } as const;
      await kms.send(new GenerateMacCommand(mac)).catch(() => undefined);
    },
    true,
  );
  const [metric, line] = lines;
  expect(metric).toMatchObject({ [METRICS.kmsErrors]: 1 });
  const call = { ms: expect.any(Number), attempts: 1 };
  expect(line).toMatchObject({ level: 'INFO', message: 'request', correlationId: 'failed', routeKey: 'GET /x' });
  expect(line?.['calls']).toEqual([
    { operation: 'PutItem', table: registry, units: 1, ...call },
    { operation: 'PutItem', table: feedback, ...call },
    { operation: 'GetItem', table: registry, units: 1, ...call },
    { operation: 'TransactWriteItems', table: `${registry} ${outbox}`, units: 4, ...call },
    { operation: 'PutItem', table: registry, error: 'ConditionalCheckFailedException', ...call },
    { operation: 'GenerateMac', error: 'NotFoundException', ...call },
  ]);
});

it('one that was quick and well tells none; two at once tell each its own, and how often each was tried', async () => {
  let failures = 2;
  const held = await listen(async (sent, response) => {
    const isRefused = (await text(sent)).includes('"two"') && failures > 0;
    if (isRefused) failures -= 1;
    response.writeHead(isRefused ? 500 : 200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  }, 0);
  const busy = documentClient(new DynamoDBClient({ endpoint: `http://127.0.0.1:${held.port}` }));
  try {
    await Promise.all([
      request('well', () => busy.send(new GetCommand({ TableName: 'one', Key: key }))),
      request('slow', async () => {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        logger.error('something', { error: new TypeError('someone@example.org') });
        await busy.send(new GetCommand({ TableName: 'two', Key: key }));
      }),
    ]);
  } finally {
    busy.destroy();
    await held.stop();
  }
  const [well, error, slow] = lines;
  expect(well).toMatchObject({ correlationId: 'well', coldStart: false });
  expect(well).not.toHaveProperty('calls');
  expect(error).toMatchObject({ correlationId: 'slow', error: 'TypeError', stack: expect.any(Array) });
  expect(JSON.stringify(error)).not.toContain('@example.org');
  expect(slow).toMatchObject({ correlationId: 'slow', calls: [{ operation: 'GetItem', table: 'two', attempts: 3 }] });
});

it('one that Lambda is about to stop says what it waits for', async () => {
  let end: () => void = () => undefined;
  const held = await listen((_, response) => {
    end = () => void response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  }, 0);
  const client = documentClient(new DynamoDBClient({ endpoint: `http://127.0.0.1:${held.port}` }));
  const context = { getRemainingTimeInMillis: () => 400 };
  const work = request('stuck', () => client.send(new GetCommand({ TableName: 'one', Key: key })), false, context);
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ message: 'out of time', correlationId: 'stuck', routeKey: 'GET /x' });
  expect(lines[0]?.['calls']).toEqual([{ operation: 'GetItem', table: 'one', ms: expect.any(Number), isOpen: true }]);
  end();
  await work;
  client.destroy();
  await held.stop();
});
