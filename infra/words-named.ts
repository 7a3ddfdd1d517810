import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Says of a key of a catalogue whether code may ask for it. */
export type Named = (key: string) => boolean;

/** `'manage.title'`, and the beginning of `manage.status.${status}`. */
const KEY = /['"`]([a-z][a-z-]*\.[\w.-]*)(\$\{)?/g;

/** The words of a problem are asked for by its type, wherever it came from: it is answered where code names that type alone. */
const PROBLEM = /^problem\.([a-z-]+)\./;
/** Names them all, for whoever reads the contract. */
const ALL_PROBLEMS = 'shared/kernel/http/problem.schema.ts';

/**
 * Finds the words that code asks for by reading it: keys are written out, or begin so (a test keeps it). Each function needs some
 * pages only, and the words of the others would be a fifth of its bundle.
 *
 * @param options how the bundle is built
 */
export async function wordsNamedIn(options: BuildOptions & { readonly absWorkingDir: string }): Promise<Named> {
  // Packages ask for no words of ours: reading them took half of a build.
  const { metafile } = await build({ ...options, packages: 'external', write: false, minify: false, metafile: true });
  const ours = Object.keys(metafile.inputs).filter(
    (path) => /^(functions|shared|web)\/.*\.ts$/.test(path) && path !== ALL_PROBLEMS,
  );
  const sources = await Promise.all(ours.map((path) => readFile(join(options.absWorkingDir, path), 'utf8')));
  return namedBy(sources);
}

export function namedBy(sources: readonly string[]): Named {
  const exact = new Set<string>();
  const beginnings = new Set<string>();
  for (const [, key = '', goesOn] of sources.flatMap((source) => [...source.matchAll(KEY)])) {
    (goesOn === undefined && !key.endsWith('.') ? exact : beginnings).add(key);
  }
  return (key) => {
    const [, problem] = PROBLEM.exec(key) ?? [];
    if (problem !== undefined) return sources.some((source) => source.includes(`'${problem}'`));
    return exact.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning));
  };
}
