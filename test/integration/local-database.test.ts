import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findDynoxide } from '../../local/database/binary.ts';
import { templateFile } from '../../local/database/engine.ts';
import { deleteExpired, startDatabase } from '../../local/database.ts';
import { StartFailure } from '../../local/running-parts.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

it('has an indexed template for the database that is installed', async () => {
  const dynoxide = await findDynoxide();
  expect(existsSync(templateFile(dynoxide?.version ?? 'none'))).toBe(true);
});

it('keeps every acknowledged write when its owner is killed, and leaves no process behind', async () => {
  const owner = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), OWNER, directory], { stdio: 'pipe' });
  let acknowledged = 0;
  let said = '';
  owner.stderr.pipe(process.stderr);
  for await (const chunk of owner.stdout) {
    said += chunk;
    acknowledged = said.split('\n').filter((line) => line.startsWith('wrote ')).length;
    if (acknowledged >= 50) break;
  }
  const endpoint = /endpoint (\S+)/.exec(said)?.[1] ?? '';
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  await expect.poll(() => isAnswering(endpoint)).toBe(false);

  const database = await startDatabase({ directory });
  const documents = DynamoDBDocumentClient.from(database.client);
  const { Count } = await documents.send(new ScanCommand({ TableName: database.tables.outbox, Select: 'COUNT' }));
  expect(Count).toBeGreaterThanOrEqual(acknowledged);
  await database.stop();
  expect(await isAnswering(database.endpoint)).toBe(false);
});

it('says when it ends by itself, and not when it is stopped', async () => {
  const crashes: string[] = [];
  const onCrash = (reason: string) => crashes.push(reason);
  const stopped = await startDatabase({ directory, onCrash });
  await stopped.stop();
  expect(crashes).toEqual([]);

  const killed = await startDatabase({ directory, onCrash });
  const processes = execFileSync('pgrep', ['-f', `dynoxide.*${directory}`], { encoding: 'utf8' })
    .trim()
    .split('\n');
  for (const pid of processes) process.kill(Number(pid), 'SIGKILL');
  await expect.poll(() => crashes).toEqual([expect.stringContaining('the database ended')]);
  await killed.stop();
});

it('empties its tables when asked to start afresh', async () => {
  const first = await startDatabase({ directory });
  await put(first, { id: 'old' });
  await first.stop();
  const kept = await startDatabase({ directory });
  expect(await get(kept, 'old')).toBeDefined();
  await kept.stop();
  const fresh = await startDatabase({ directory, fresh: true });
  expect(await get(fresh, 'old')).toBeUndefined();
  await fresh.stop();
});

it('says so where its tables were made by another version, and makes them anew when asked to', async () => {
  const first = await startDatabase({ directory });
  const TableName = first.tables.outbox;
  const others = { TableName: first.tables.registry };
  const { Table: { KeySchema, AttributeDefinitions } = {} } = await first.client.send(new DescribeTableCommand(others));
  await first.client.send(new DeleteTableCommand(others));
  const keys = AttributeDefinitions?.filter(({ AttributeName }) => ['pk', 'sk'].includes(AttributeName ?? ''));
  await first.client.send(
    new CreateTableCommand({ ...others, KeySchema, AttributeDefinitions: keys, BillingMode: 'PAY_PER_REQUEST' }),
  );
  await put(first, { id: 'kept' });
  await first.stop();
  const refused = startDatabase({ directory });
  await expect(refused).rejects.toBeInstanceOf(StartFailure);
  await expect(refused).rejects.toThrow(/registry was made by another version.*\n.*npm start -- --fresh/);
  const fresh = await startDatabase({ directory, fresh: true });
  expect(await get(fresh, 'kept')).toBeUndefined();
  expect(fresh.tables.outbox).toBe(TableName);
  await fresh.stop();
  await (await startDatabase({ directory })).stop();
});

it('deletes what has expired and nothing else', async () => {
  const database = await startDatabase({ directory });
  const now = Date.now();
  const second = Math.floor(now / 1000);
  await put(database, { id: 'expired', expiresAt: second - 1 });
  await put(database, { id: 'this very second', expiresAt: second });
  await put(database, { id: 'later', expiresAt: second + 1000 });
  await put(database, { id: 'never' });
  await deleteExpired(database.client, database.tables, now);
  const left = await Promise.all(['expired', 'this very second', 'later', 'never'].map((id) => get(database, id)));
  expect(left.map((item) => item?.['id'])).toEqual([undefined, 'this very second', 'later', 'never']);
  await database.stop();
});

const OWNER = fileURLToPath(new URL('../support/local-owner.ts', import.meta.url));

type Database = Awaited<ReturnType<typeof startDatabase>>;

const put = ({ client, tables }: Database, Item: Record<string, unknown>) =>
  DynamoDBDocumentClient.from(client).send(new PutCommand({ TableName: tables.outbox, Item }));

const get = async ({ client, tables }: Database, id: string) =>
  (await DynamoDBDocumentClient.from(client).send(new GetCommand({ TableName: tables.outbox, Key: { id } }))).Item;

async function isAnswering(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint);
    return true;
  } catch {
    return false;
  }
}
