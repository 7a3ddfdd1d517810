import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { LocalSystem } from '../../local/system.ts';
import { measurePace, type Pace } from './pace.ts';

const ITEMS = 4;

/** What the database of a system does without us: as many reads and transactions of four items, nothing around them. */
export async function bareLoop({ endpoints, tables }: LocalSystem, count: number, connections: number): Promise<Pace> {
  const requestHandler = { httpAgent: { maxSockets: connections, keepAlive: true } };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb, requestHandler }),
  );
  const TableName = tables.registry;
  const write = (pk: string) => ({ Put: { TableName, Item: { pk, sk: 'BENCH' }, ConditionExpression: UNUSED } });
  const pace = await measurePace(count, connections, async (number) => {
    const keys = Array.from({ length: ITEMS }, (_, item) => `BENCH#${number}#${item}`);
    await client.send(new GetCommand({ TableName, Key: { pk: keys[0], sk: 'BENCH' } }));
    await client.send(new TransactWriteCommand({ TransactItems: keys.map(write) }));
  });
  client.destroy();
  return pace;
}

const UNUSED = 'attribute_not_exists(pk)';
