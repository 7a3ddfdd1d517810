import { build } from 'esbuild';
import { LAMBDA_BUNDLE } from '../../infra/bundle.ts';

const SOURCE = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
export const handler = () => client;
`;

/**
 * Builds the least a function on DynamoDB can be, as ours are built but with the SDK's default credential chain: the
 * yardstick of cold imports.
 *
 * @returns the file
 */
export async function buildBareClient(): Promise<string> {
  const outfile = '.cache/bench/bare-client.mjs';
  const stdin = { contents: SOURCE, resolveDir: LAMBDA_BUNDLE.absWorkingDir, sourcefile: 'bare-client.ts' };
  await build({ ...LAMBDA_BUNDLE, stdin, outfile });
  return outfile;
}
