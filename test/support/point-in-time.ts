import {
  type AttributeValue,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PolicyNotFoundException,
  paginateScan,
  type RestoreTableToPointInTimeCommandInput,
  TableAlreadyExistsException,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_AWS } from '../../local/aws.ts';
import { createTables } from '../../local/database/tables.ts';
import type { RestoredTable } from '../../shared/kernel/dynamo/tables.ts';
import type { Parts } from './parts.ts';

type Item = Record<string, AttributeValue>;

/**
 * What DynamoDB has and its emulator lacks: recovery of tables to the moment of a copy. All else is the emulator's own. Calls are counted, and
 * one may be the last: as if the process were killed right after it.
 */
export async function pointInTime(
  parts: Parts,
  { at, from, to }: { readonly at: Date; readonly from: Date; readonly to: Date },
) {
  const copies = new Map<string, Item[]>();
  for (const table of ['registry', 'care', 'audit'] as const satisfies RestoredTable[]) {
    const TableName = parts.database.tables[table];
    const items: Item[] = [];
    for await (const { Items = [] } of paginateScan(
      { client: parts.database.client },
      { TableName, ConsistentRead: true },
    ))
      items.push(...Items);
    copies.set(TableName, items);
  }
  const recovered = new Set<string>();
  const summaries = new Map<string, object>();
  const own = parts.database.client;

  async function restoreTable(input: RestoreTableToPointInTimeCommandInput): Promise<object> {
    const { SourceTableName = '', TargetTableName = '', RestoreDateTime } = input;
    if (summaries.has(TargetTableName)) throw new TableAlreadyExistsException({ message: 'exists', $metadata: {} });
    const { Table } = await own.send(new DescribeTableCommand({ TableName: SourceTableName }));
    const [logical = ''] = Object.entries(parts.database.tables).find(([, name]) => name === SourceTableName) ?? [];
    await createTables(own, { ...parts.database.tables, [logical]: TargetTableName });
    const items = copies.get(SourceTableName) ?? [];
    for (let first = 0; first < items.length; first += 25) {
      const puts = items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
      await own.send(new BatchWriteItemCommand({ RequestItems: { [TargetTableName]: puts } }));
    }
    const summary = { SourceTableArn: Table?.TableArn, RestoreDateTime, RestoreInProgress: false };
    summaries.set(TargetTableName, summary);
    return {};
  }

  const status = (TableName: string) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription:
        summaries.has(TableName) && !recovered.has(TableName)
          ? { PointInTimeRecoveryStatus: 'DISABLED' }
          : { PointInTimeRecoveryStatus: 'ENABLED', EarliestRestorableDateTime: from, LatestRestorableDateTime: to },
    },
  });
  const ANSWERS: Readonly<Record<string, (input: never) => object | Promise<object>>> = {
    RestoreTableToPointInTimeCommand: restoreTable,
    DescribeContinuousBackupsCommand: ({ TableName }: { TableName: string }) => status(TableName),
    UpdateContinuousBackupsCommand: ({ TableName }: { TableName: string }) => recovered.add(TableName) && {},
    DescribeContributorInsightsCommand: () => ({ ContributorInsightsStatus: 'DISABLED' }),
    GetResourcePolicyCommand: () => {
      throw new PolicyNotFoundException({ message: 'there is none', $metadata: {} });
    },
  };

  return {
    copies,
    recovered,
    /** A process that is killed after so many calls. */
    client(calls = Number.POSITIVE_INFINITY): DynamoDBClient {
      const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: parts.database.endpoint });
      let left = calls;
      client.middlewareStack.add(
        (next, context) => async (args) => {
          if (left === 0) throw new Error('killed');
          left -= 1;
          const command = String(context['commandName']);
          const answer = ANSWERS[command];
          const input = args.input as never;
          if (answer !== undefined) return { output: { $metadata: {}, ...(await answer(input)) }, response: {} };
          const result = await next(args);
          const { Table } = result.output as { Table?: { TableName?: string } };
          if (Table?.TableName !== undefined) Object.assign(Table, { RestoreSummary: summaries.get(Table.TableName) });
          return result;
        },
        { step: 'initialize', priority: 'high' },
      );
      return client;
    },
    at,
  };
}
