import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'plenary-count-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Status = 'passed' | 'failed' | 'pending' | 'skipped';

/** A report as vitest writes it, which calls a file passed of whose tests none failed. */
function reportOf(name: string, files: Readonly<Record<string, readonly Status[]>>): string {
  const testResults = Object.entries(files).map(([file, tests]) => ({
    name: resolve(file),
    status: tests.includes('failed') ? 'failed' : 'passed',
    assertionResults: tests.map((status, nth) => ({ fullName: `test ${nth}`, status, failureMessages: [] })),
  }));
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ success: testResults.every(({ status }) => status === 'passed'), testResults }));
  return path;
}

function count(...args: readonly string[]) {
  const { stdout, stderr } = spawnSync(process.execPath, ['.ci/count.mjs', ...args], { encoding: 'utf8' });
  return { said: stdout.trim(), failures: stderr };
}

it('counts what passed, and as failed what failed, was left out or ran to no end', () => {
  const report = reportOf('whole', { 'a.test.ts': ['passed', 'passed'], 'b.test.ts': ['passed', 'failed', 'skipped'] });
  expect(count(report).said).toBe('3 2');
  expect(count(report, '--chosen').said).toBe('3 1');
  expect(count(report, '--lost').said).toBe('');
});

it('does not take for passed a file whose process ended before it named its tests', () => {
  const report = reportOf('nameless', { 'a.test.ts': ['passed'], 'b.test.ts': [] });
  expect(count(report)).toMatchObject({ said: '1 1', failures: expect.stringContaining('b.test.ts') });
});

it('names the files that a process left in the middle, none of which a test failed in, and counts their next run', () => {
  const files = {
    'a.test.ts': ['passed', 'failed', 'pending'],
    'b.test.ts': ['passed', 'pending'],
    'c.test.ts': [],
  } as const;
  const report = reportOf('lost', files);
  expect(count(report, '--lost').said).toBe('b.test.ts\nc.test.ts');
  expect(count(report).said).toBe('2 4');
  const again = reportOf('again', { 'b.test.ts': ['passed', 'passed'], 'c.test.ts': ['failed'] });
  expect(count(report, '--again', again).said).toBe('3 3');
});
