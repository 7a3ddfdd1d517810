import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measure } from '../measure.ts';

/** Bytes, gzipped: of all scripts before anything is shown, words of one language among them; and of the largest fetched later. */
const FIRST_BUDGET = 55_200;
const LATER_BUDGET = 17_400;

const PAGE = 'dist/web/console/index.html';
const ASSETS = 'dist/web/assets';

/** What a browser transfers before the console shows anything, and for a screen that it opens later. */
export function consoleSizes(): Measure[] {
  const page = readFileSync(PAGE, 'utf8');
  const scripts = readdirSync(ASSETS).filter((name) => /^console-.*\.js$/.test(name));
  const sizesOf = (names: readonly string[]) => names.map((name) => gzipSync(readFileSync(join(ASSETS, name))).length);
  // Of each language: what several screens say. Readers fetch one.
  const words = scripts.filter((name) => /^console-words-[a-z]+-[\w-]{8}\.js$/.test(name));
  const first = [...sizesOf(scripts.filter((name) => page.includes(name))), Math.max(...sizesOf(words))];
  const later = sizesOf(scripts.filter((name) => !page.includes(name) && !words.includes(name)));
  return [
    {
      what: 'first script of the console, gzip',
      value: first.reduce((sum, size) => sum + size, 0),
      unit: 'bytes',
      budget: { atMost: FIRST_BUDGET },
    },
    {
      what: `largest of ${later.length} later ones`,
      value: Math.max(...later),
      unit: 'bytes',
      budget: { atMost: LATER_BUDGET },
    },
  ];
}
