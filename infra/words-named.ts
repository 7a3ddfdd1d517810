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
  // Packages ask for no words of ours: reading them took half of a build. What is left out of the bundle asks for none, either.
  const { outputFiles } = await build({ ...options, packages: 'external', write: false, minify: false });
  const [output] = outputFiles;
  return namedBy(output === undefined ? [] : modulesIn(output.text).filter(isAsking));
}

/** The files of a bundle, each with the comment of its path in front, as esbuild writes them where it minifies nothing. */
const modulesIn = (bundle: string): readonly string[] => bundle.split(/^(?=\/\/ \S+\.(?:ts|json)$)/m);

const isAsking = (module: string): boolean =>
  /^\/\/ (functions|shared|web)\/.*\.ts\n/.test(module) && !module.startsWith(`// ${ALL_PROBLEMS}\n`);

export function namedBy(sources: readonly string[]): Named {
  const exact = new Set<string>();
  const beginnings = new Set<string>();
  for (const [, key = '', goesOn] of sources.flatMap((source) => [...source.matchAll(KEY)])) {
    (goesOn === undefined && !key.endsWith('.') ? exact : beginnings).add(key);
  }
  return (key) => {
    const [, problem] = PROBLEM.exec(key) ?? [];
    if (problem !== undefined) return sources.some((source) => new RegExp(`['"]${problem}['"]`).test(source));
    return exact.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning));
  };
}
