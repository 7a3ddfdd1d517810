import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startDatabaseEngine } from '../../local/database/engine.ts';
import { startDatabase } from '../../local/database.ts';
import { StartFailure } from '../../local/running-parts.ts';
import { killAll, processTree, stillThere } from '../e2e/processes.ts';

const installed = vi.hoisted(() => ({ dynoxide: true }));

vi.mock('../../local/database/binary.ts', async (original) => {
  const { findDynoxide } = await original<typeof import('../../local/database/binary.ts')>();
  return { findDynoxide: async () => (installed.dynoxide ? findDynoxide() : undefined) };
});

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
});

afterEach(async () => {
  installed.dynoxide = true;
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

// Other files run in this process.
afterAll(() => vi.doUnmock('../../local/database/binary.ts'));

it('says how to get a database where there is none', async () => {
  installed.dynoxide = false;
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', '');
  const attempt = startDatabaseEngine(join(directory, 'database.db'));
  await expect(attempt).rejects.toThrow(StartFailure);
  await expect(attempt).rejects.toThrow(/@dynoxide\/linux-x64.*on the PATH.*AWS_ENDPOINT_URL_DYNAMODB=/s);
});

it('uses a database that runs elsewhere, keeps apart from its other users, and lets it run on', async () => {
  const elsewhere = await startDatabase({ directory });
  installed.dynoxide = false;
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', elsewhere.endpoint);
  const guest = await startDatabase({ directory, prefix: 'guest-' });
  expect(guest).toMatchObject({ endpoint: elsewhere.endpoint, streamsEndpoint: elsewhere.endpoint });
  expect(guest.tables).toMatchObject({ registry: 'guest-registry', outbox: 'guest-outbox' });
  await guest.stop();
  expect((await fetch(elsewhere.endpoint)).status).toBeGreaterThan(0);
  await elsewhere.stop();
});

it('stops although what notices the end of this process was killed', async () => {
  const before = processTree(process.pid);
  const database = await startDatabase({ directory });
  const started = processTree(process.pid).filter((pid) => !before.includes(pid));
  // The shell, the database, and a shell that waits for one reader.
  const notices = started.find((pid) => processTree(pid).length === 2);
  const killed = processTree(notices ?? 0);
  killAll(killed);
  await database.stop();
  // Nobody may ever ask what became of those that were killed.
  expect(killed).toHaveLength(2);
  expect(stillThere(started.filter((pid) => !killed.includes(pid)))).toEqual([]);
});
