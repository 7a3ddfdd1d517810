import type { Sizes } from './sizes.ts';

interface Limit {
  readonly what: string;
  /** What it may be today: a change may make it smaller, and then lowers it here. */
  readonly most?: number;
  /** What it is to become. */
  readonly goal?: number;
}

/** What is printed of the tree, and what is held of it. Lines of words, tests and the bench are apart. */
export const LIMITS: Readonly<Record<keyof Sizes, Limit>> = {
  files: { what: 'product files', most: 1_045, goal: 800 },
  lines: { what: 'lines in them', most: 130_000, goal: 66_000 },
  filesPerThousandLines: { what: 'files per 1,000 lines', most: 9.5, goal: 12.1 },
  medianLines: { what: 'lines of half of the files, at most' },
  ninetiethLines: { what: 'lines of nine in ten files, at most' },
  oneImporter: { what: 'files with one importer', most: 300 },
  fewLinesOneImporter: { what: 'of these with at most 45 lines', most: 32, goal: 60 },
  manyLines: { what: 'files above 400 lines', most: 0, goal: 0 },
  onlyReExports: { what: 'files that only hand on', most: 0, goal: 0 },
  wideLines: { what: 'lines above 160 characters', most: 0, goal: 0 },
  definedTwice: { what: 'exported names defined twice or more', most: 18 },
  circles: { what: 'circles of imports', most: 0, goal: 0 },
  unfiled: { what: 'files of shared in no capability', most: 0, goal: 0 },
  wrongWay: { what: 'imports the wrong way', most: 0, goal: 0 },
  atHome: { what: 'imports within a capability, or of the kernel' },
  words: { what: 'lines of words' },
  tests: { what: 'lines of tests' },
  bench: { what: 'lines of the bench' },
};
