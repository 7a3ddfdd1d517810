import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listen } from '../../local/http.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;
let client: DocumentClient;
let table: string;
const NUMBERS = Array.from({ length: 20 }, (_, number) => number);
const keyOf = (number: number) => ({ pk: 'DOCUMENT-CLIENT', sk: String(number).padStart(2, '0') });

beforeAll(async () => {
  parts = await startParts();
  client = documentClient();
  table = parts.database.tables.registry;
  const puts = NUMBERS.map((number) => new PutCommand({ TableName: table, Item: { ...keyOf(number), number } }));
  await Promise.all(puts.map((put) => client.send(put)));
});
afterAll(() => parts?.stop());

describe('the client of documents', () => {
  it('answers each command what that one asked, however many of its kind are on their way', async () => {
    const gets = NUMBERS.map((number) => new GetCommand({ TableName: table, Key: keyOf(number) }));
    const answers = await Promise.all(gets.map((get) => client.send(get)));
    expect(answers.map(({ Item }) => Item?.['number'])).toEqual(NUMBERS);
    const pages = paginateQuery(
      { client, pageSize: 7 },
      { TableName: table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': keyOf(0).pk } },
    );
    const found = [];
    for await (const { Items = [] } of pages) found.push(...Items.map((item) => item['number']));
    expect(found).toEqual(NUMBERS);
  });

  it('says of each what was refused', async () => {
    const puts = NUMBERS.map((number) =>
      client
        .send(
          new PutCommand({
            TableName: table,
            Item: { ...keyOf(number), number: -1 },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        )
        .catch((error: unknown) => error),
    );
    const refused = (await Promise.all(puts)) as ConditionalCheckFailedException[];
    expect(refused.every((each) => each instanceof ConditionalCheckFailedException)).toBe(true);
    expect(refused.map(({ Item }) => Item?.['number']?.N)).toEqual(NUMBERS.map(String));
  });

  it('puts together what handles a kind of command once', async () => {
    const concat = vi.spyOn(client.middlewareStack, 'concat');
    const get = (number: number) => client.send(new GetCommand({ TableName: table, Key: keyOf(number) }));
    await get(1);
    concat.mockClear();
    for (const number of NUMBERS) await get(number);
    expect(concat).not.toHaveBeenCalled();
  });

  it('tries again what a transaction that holds the item refused, and says so where it goes on', async () => {
    let refusals = 0;
    let asked = 0;
    const held = await listen((_, response) => {
      asked += 1;
      const isRefused = refusals > 0;
      refusals -= 1;
      response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      const type = 'com.amazonaws.dynamodb.v20120810#TransactionConflictException';
      response.end(JSON.stringify(isRefused ? { __type: type, message: 'Transaction is ongoing for the item' } : {}));
    }, 0);
    const busy = documentClient(new DynamoDBClient({ endpoint: `http://127.0.0.1:${held.port}` }));
    const put = () => busy.send(new PutCommand({ TableName: table, Item: keyOf(1) }));
    try {
      refusals = 2;
      await put();
      expect(asked).toBe(3);
      refusals = 1000;
      await expect(put()).rejects.toMatchObject({ name: 'TransactionConflictException' });
      expect(asked).toBeLessThan(10);
    } finally {
      busy.destroy();
      await held.stop();
    }
  });

  it('heeds what one call asks for alone', async () => {
    const get = new GetCommand({ TableName: table, Key: keyOf(1) });
    await expect(client.send(get, { abortSignal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect((await client.send(new GetCommand({ TableName: table, Key: keyOf(1) }))).Item).toMatchObject({ number: 1 });
  });
});
