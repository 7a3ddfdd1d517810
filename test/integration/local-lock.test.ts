import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from '../../local/lock.ts';
import { readOptions } from '../../local/options.ts';
import { StartFailure } from '../../local/running-parts.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('the lock of a directory', () => {
  it('is given back', async () => {
    const unlock = await lockDirectory(directory);
    unlock();
    expect(await readdir(directory)).toEqual([]);
  });

  it('is refused while its process runs, and taken over once that was killed', async () => {
    const holder = await lockInAnotherProcess();
    await expect(lockDirectory(directory)).rejects.toThrow(StartFailure);
    await expect(lockDirectory(directory)).rejects.toThrow(`process ${holder.pid}`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const unlock = await lockDirectory(directory);
    unlock();
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1 })],
    ['an earlier process with the number of one that runs', JSON.stringify({ pid: process.ppid, startedAt: '1' })],
    ['a process that was killed while it wrote', '{"pi'],
  ])('is taken over from %s', async (_, content) => {
    await writeFile(join(directory, 'lock'), content);
    await expect(lockDirectory(directory)).resolves.toBeTypeOf('function');
  });
});

describe('the options of npm start', () => {
  it.each([
    [[], {}, { port: 3000, fresh: false, sandbox: false }],
    [['--fresh'], { PORT: '8080' }, { port: 8080, fresh: true, sandbox: false }],
    [[], { npm_config_fresh: 'true' }, { port: 3000, fresh: true, sandbox: false }],
    [['--sandbox'], {}, { port: 3000, fresh: false, sandbox: true }],
    [[], { PORT: '' }, { port: 3000, fresh: false, sandbox: false }],
  ])('%j with %j', (args, environment, expected) => {
    expect(readOptions(args, environment)).toEqual(expected);
  });

  it.each(['abc', '0', '65536', '30.5', '-1'])('PORT=%s is refused', (PORT) => {
    expect(() => readOptions([], { PORT })).toThrow(StartFailure);
  });

  it('an unknown one is refused with the known ones', () => {
    expect(() => readOptions(['--frehs'], {})).toThrow(/Unknown option --frehs.*--fresh/s);
  });
});

async function lockInAnotherProcess(): Promise<ChildProcess> {
  const lock = new URL('../../local/lock.ts', import.meta.url).href;
  const source = `const { lockDirectory } = await import('${lock}');
    await lockDirectory(process.argv[1]); console.log('locked'); setInterval(() => {}, 1000);`;
  const options = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', source, directory];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}
