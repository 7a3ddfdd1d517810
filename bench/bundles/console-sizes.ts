import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measure } from '../measure.ts';

/** Bytes, gzipped: of all scripts before anything is shown, words of one language among them; and of the largest fetched later. */
const FIRST_BUDGET = 56_800;
/** The same with words in letters of three bytes each: 60 KB. */
const FIRST_OF_OTHERS = 61_440;
const LATER_BUDGET = 23_500;

const PAGE = 'dist/web/console/index.html';
const ASSETS = 'dist/web/assets';

/** What a browser transfers before the console shows anything, in each of its languages, and for a screen that it opens later. */
export function consoleSizes(): Measure[] {
  const page = readFileSync(PAGE, 'utf8');
  const scripts = readdirSync(ASSETS).filter((name) => /^console-.*\.js$/.test(name));
  const sizesOf = (names: readonly string[]) => names.map((name) => gzipSync(readFileSync(join(ASSETS, name))).length);
  // Of each language: what several screens say. Readers fetch one.
  const words = scripts.flatMap((name) => {
    const [, language] = /^console-words-([a-z]+)-[\w-]{8}\.js$/.exec(name) ?? [];
    return language === undefined ? [] : [{ name, language }];
  });
  const isWords = new Set(words.map(({ name }) => name));
  const always = scripts.filter((name) => page.includes(name));
  const later = sizesOf(scripts.filter((name) => !page.includes(name) && !isWords.has(name)));
  return [
    ...words.map(({ name, language }) => ({
      what: `first script of the console in ${language}, gzip`,
      value: sizesOf([...always, name]).reduce((sum, size) => sum + size, 0),
      unit: 'bytes',
      budget: { atMost: language === 'en' ? FIRST_BUDGET : FIRST_OF_OTHERS },
    })),
    {
      what: `largest of ${later.length} later ones`,
      value: Math.max(...later),
      unit: 'bytes',
      budget: { atMost: LATER_BUDGET },
    },
  ];
}
