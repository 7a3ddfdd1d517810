import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

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
      modulePreload: false,
      rolldownOptions: { input: { console: join(ROOT, 'web/console/index.html') } },
    },
  });
}
