import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { LocalSystem } from '../../local/system.ts';
import type { TableName } from '../../shared/kernel/dynamo/tables.ts';

/** Every item of a table of a running system. */
export async function readTable(
  { endpoints, tables }: LocalSystem,
  name: TableName,
): Promise<Record<string, unknown>[]> {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const client = DynamoDBDocumentClient.from(dynamodb);
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateScan({ client }, { TableName: tables[name], ConsistentRead: true })) {
    items.push(...(page.Items ?? []));
  }
  dynamodb.destroy();
  return items;
}
