import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { MAIL_ATTRIBUTE, TABLES } from '../../shared/kernel/dynamo/tables.ts';
import type { Parts } from './parts.ts';

const WAITS = TABLES.outbox.indexes.due.partitionKey;

/** The stream event that reports every message now in the outbox as new, but for those that are to wait. */
export async function outboxInserts(parts: Parts): Promise<DynamoDBStreamEvent> {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const { Items = [] } = await client.send(
    new ScanCommand({ TableName: parts.database.tables.outbox, ConsistentRead: true }),
  );
  return recordsOf(Items.filter((item) => item[MAIL_ATTRIBUTE] !== undefined && item[WAITS] === undefined));
}

/** Items of the outbox as the stream reports them when they are new. */
export const recordsOf = (items: readonly Record<string, unknown>[]): DynamoDBStreamEvent => ({
  Records: items.map((item, index) => ({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { id: { S: String(item['id']) } },
      NewImage: marshall(item, { removeUndefinedValues: true }) as never,
      SequenceNumber: String(index + 1),
    },
  })),
});
