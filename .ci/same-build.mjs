/**
 * Builds again and compares with what `npm test` built: a file that differs without a change of what it is made from would be deployed anew
 * each time, and make of every deployment a difference.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = 'dist';

const hashes = () =>
  new Map(
    readdirSync(BUILT, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );

const before = hashes();
// Another time and another zone than before.
execFileSync('npm', ['run', '--silent', 'build'], {
  env: { ...process.env, TZ: 'Pacific/Kiritimati' },
  stdio: 'ignore',
});
const after = hashes();
const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
if (before.size < 20) throw new Error(`only ${before.size} files were built before`);
if (differing.length > 0) throw new Error(`built twice, these differ: ${differing.join(', ')}`);
console.log(`${after.size} files, built twice, are the same`);
