import { build } from 'esbuild';
import { LAMBDA_BUNDLE } from '../../infra/bundle.ts';

const SOURCE = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
export async function handler({ TableName, number }) {
  const keys = [0, 1, 2, 3].map((item) => ({ pk: \`BARE#\${number}#\${item}\`, sk: 'BENCH' }));
  await client.send(new GetCommand({ TableName, Key: keys[0], ConsistentRead: true }));
  const puts = keys.map((Item) => ({ Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } }));
  await client.send(new TransactWriteCommand({ TransactItems: puts }));
}
`;

/**
 * Builds the yardstick of processor time: one read and one transaction of four small items by the SDK as it comes, nothing
 * around them. Other work on a machine, and a slower one, lengthen it as much as what is compared with it.
 *
 * @returns the file
 */
export async function buildBareCalls(): Promise<string> {
  const outfile = '.cache/bench/bare-calls.mjs';
  const stdin = { contents: SOURCE, resolveDir: LAMBDA_BUNDLE.absWorkingDir, sourcefile: 'bare-calls.ts' };
  await build({ ...LAMBDA_BUNDLE, stdin, outfile });
  return outfile;
}
