import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { browserWords, wordsName } from './browser-words.ts';
import { definitionShapes } from './definition-shape.ts';
import { notingFiles } from './licences.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The screens of feedback have nearly everything in common, and no other has any of it. */
const FEEDBACK = /[\\/]console[\\/]feedback[\\/]/;

/** What fields of people are, and how they are found and put in order: the list and the pages of its people have it in common, and few others. */
const LISTS = /[\\/]console[\\/]registration[\\/](?:fields|filter)\.tsx?$/;

/**
 * Besides the first script and one for each screen that is fetched when it is opened, there is one of what several of those use: a
 * file for each set of screens that share something would be thirty.
 */
const SHARED = [
  { name: 'first', tags: ['$initial' as const], priority: 2 },
  // Few screens draw codes, and what does is a third of what they would all fetch.
  { name: 'qr', test: /[\\/]uqr[\\/]/, priority: 2 },
  { name: 'shared', test: (file: string) => !FEEDBACK.test(file) && !LISTS.test(file), minShareCount: 2, priority: 1 },
  { name: 'feedback', test: FEEDBACK },
  { name: 'lists', test: LISTS },
];

/**
 * Builds the console: its page into `dist/web/console/`, its script and style beside those of the site in
 * `dist/web/assets/`, with hashes in their names.
 *
 * @returns the files that it is made of
 */
export async function buildConsole(): Promise<ReadonlySet<string>> {
  const sources = new Set<string>();
  await build({
    configFile: false,
    root: join(ROOT, 'web'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [browserWords(), definitionShapes(), notingFiles((file) => sources.add(file))],
    build: {
      outDir: join(ROOT, 'dist/web'),
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { console: join(ROOT, 'web/console/index.html') },
        output: {
          chunkFileNames: (chunk) => `assets/console-${wordsName(chunk) ?? '[name]'}-[hash].js`,
          codeSplitting: { groups: SHARED },
        },
      },
    },
  });
  return sources;
}
