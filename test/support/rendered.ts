import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Enough to tell one text from another in a file of lines. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * Keeps what a test compares by hash where a person can read it, whether or not it is as before: with the same test run in a worktree of
 * an earlier commit, `diff -r` of the two folders shows what changed.
 *
 * @param files by path below `.cache/rendered/{name}`
 * @returns what to say where hashes differ
 */
export function keepRendered(name: string, files: Iterable<readonly [path: string, text: string]>): string {
  const folder = `.cache/rendered/${name}`;
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return `${folder} holds what was rendered; the same test in a worktree of an earlier commit keeps what there was (diff -r)`;
}
