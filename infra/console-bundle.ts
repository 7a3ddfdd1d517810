import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Besides the first script and one for each screen that is fetched when it is opened, there is one of what several of those use: a
 * file for each set of screens that share something would be thirty.
 */
const SHARED = [
  { name: 'first', tags: ['$initial' as const], priority: 1 },
  // Few screens draw codes, and what does is a third of what they would all fetch.
  { name: 'qr', test: /[\\/]uqr[\\/]/, priority: 1 },
  { name: 'shared', minShareCount: 2 },
];

/**
 * Builds the console: its page into `dist/web/console/`, its script and style beside those of the site in
 * `dist/web/assets/`, with hashes in their names.
 */
export async function buildConsole(): Promise<void> {
  await build({
    configFile: false,
    root: join(ROOT, 'web'),
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: join(ROOT, 'dist/web'),
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { console: join(ROOT, 'web/console/index.html') },
        output: {
          chunkFileNames: 'assets/console-[name]-[hash].js',
          codeSplitting: { groups: SHARED },
        },
      },
    },
  });
}
