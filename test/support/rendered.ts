import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';

/** Enough to tell one text from another in a file of lines. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What a test compares by hash. */
export interface Rendered {
  /** Of the golden file: what it is, and the hash. */
  readonly line: string;
  /** What was hashed, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Lets a person read what is not as the golden file says: keeps it below `.cache/rendered`, each in a file of its own.
 *
 * @returns how to see what it was before, to be said where the test fails
 */
export function keepChanged(golden: string, all: readonly Rendered[]): string {
  const known = new Set(existsSync(golden) ? readFileSync(golden, 'utf8').split('\n') : []);
  const folder = join('.cache/rendered', parse(golden).name);
  rmSync(folder, { recursive: true, force: true });
  for (const { line, files } of all) {
    if (!known.has(line)) for (const [path, text] of Object.entries(files)) write(join(folder, path), text);
  }
  return `${folder} holds what differs.
To see what it was: git worktree add .cache/before HEAD; there, without ${golden}, run this test by ../../node_modules/.bin/vitest, which
then keeps everything; diff -r .cache/before/${folder} ${folder}
`;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
