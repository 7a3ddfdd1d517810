import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SETUP = fileURLToPath(new URL('../../local/setup.mjs', import.meta.url));

/** Stands in for npm: notes what it was called with, and installs what the lock file says. */
const NPM = `
  const fs = require('node:fs');
  fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
  if (fs.existsSync('fails')) process.exit(1);
  fs.mkdirSync('node_modules', { recursive: true });
  if (fs.existsSync('package-lock.json')) fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  await writeFile(join(directory, 'npm.cjs'), NPM);
  await lockWith({ 'node_modules/a': { version: '1.0.0' } });
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const lockWith = (packages: object) =>
  writeFile(join(directory, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }));

const setup = (...options: string[]) =>
  spawnSync(process.execPath, [...options, SETUP], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(directory, 'npm.cjs') },
  });

const calls = async (): Promise<string[]> => {
  const file = await readFile(join(directory, 'calls'), 'utf8').catch(() => '');
  return file.split('\n').filter((line) => line !== '');
};

const INSTALL = 'ci --include=dev --no-audit --no-fund';

it('installs once for each lock file, and says so', async () => {
  expect(setup().stdout).toContain('Installing dependencies');
  expect(setup()).toMatchObject({ status: 0, stdout: '' });
  expect(await calls()).toEqual([INSTALL]);
  await lockWith({ 'node_modules/a': { version: '2.0.0' } });
  setup();
  setup();
  expect(await calls()).toEqual([INSTALL, INSTALL]);
});

it('does not install again what someone installed by hand, less what is for other machines', async () => {
  await lockWith({
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-os': { version: '1.0.0', optional: true },
  });
  await mkdir(join(directory, 'node_modules'));
  const installed = { packages: { 'node_modules/a': { version: '1.0.0' } } };
  await writeFile(join(directory, 'node_modules/.package-lock.json'), JSON.stringify(installed));
  expect(setup().status).toBe(0);
  expect(await calls()).toEqual([]);
});

it('installs without a lock file too', async () => {
  await rm(join(directory, 'package-lock.json'));
  expect(setup().status).toBe(0);
  expect(await calls()).toEqual(['install --include=dev --no-audit --no-fund']);
});

it('fails when npm fails, and tries again the next time', async () => {
  await writeFile(join(directory, 'fails'), '');
  expect(setup()).toMatchObject({ status: 1, stderr: expect.stringContaining('npm ci did not succeed') });
  await rm(join(directory, 'fails'));
  expect(setup().status).toBe(0);
  expect(await calls()).toEqual([INSTALL, INSTALL]);
});

it('says which Node it needs', async () => {
  const older = `Object.defineProperty(process, 'versions', { value: { node: '20.18.1' } });`;
  const result = setup('--import', `data:text/javascript,${encodeURIComponent(older)}`);
  expect(result).toMatchObject({ status: 1, stderr: expect.stringMatching(/needs Node 20\.19 .* this is 20\.18\.1/) });
  expect(await calls()).toEqual([]);
});
