import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { build, type Rollup } from 'vite';
import { CHECKIN_PATH } from '../shared/checkin/checkin-page.ts';
import { browserWords, wordsName } from './browser-words.ts';
import { notingFiles } from './licences.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const APP = join(ROOT, 'web/checkin');

/**
 * Builds the check-in app: its page, service worker, manifest and icons into `checkin/`, everything else into `assets/` with hashes
 * in their names. All of it is what the service worker keeps on the phone.
 *
 * @param folder of what is served
 * @returns the files that it is made of
 */
export async function buildCheckin(folder = join(ROOT, 'dist/web')): Promise<ReadonlySet<string>> {
  const sources = new Set<string>();
  const noting = () => notingFiles((file) => sources.add(file));
  const names = {
    chunkFileNames: (chunk: Rollup.PreRenderedChunk) => `assets/checkin-${wordsName(chunk) ?? '[name]'}-[hash].js`,
    entryFileNames: 'assets/[name]-[hash].js',
  };
  const workers = { ...names, entryFileNames: 'assets/checkin-[name]-[hash].js' };
  const built = await build({
    configFile: false,
    root: join(ROOT, 'web'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [browserWords(), noting()],
    worker: { format: 'es', plugins: () => [noting()], rolldownOptions: { output: workers } },
    build: {
      outDir: folder,
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { checkin: join(APP, 'index.html') }, output: names },
    },
  });
  const beside = await copyStatic(join(folder, 'checkin'));
  const files = (built as Rollup.RollupOutput).output.map(({ fileName }) => fileName);
  const assets = files.filter((file) => file.startsWith('assets/')).map((file) => `/${file}`);
  const ofWorker = await buildWorker(folder, [
    CHECKIN_PATH,
    ...assets,
    ...beside.map((file) => `${CHECKIN_PATH}${file}`),
  ]);
  return new Set([...sources, ...ofWorker]);
}

async function copyStatic(to: string): Promise<string[]> {
  const from = join(APP, 'static');
  const files = await readdir(from);
  await Promise.all(files.map((file) => copyFile(join(from, file), join(to, file))));
  return files;
}

/**
 * The service worker knows by name all that it keeps; it is another one as soon as any of that is another.
 *
 * @returns the files that it is made of
 */
async function buildWorker(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const page = await readFile(join(folder, 'checkin/index.html'));
  const version = createHash('sha256').update(page).update(files.join()).digest('hex').slice(0, 16);
  const { metafile } = await bundle({
    absWorkingDir: ROOT,
    entryPoints: ['web/checkin/worker/sw.ts'],
    metafile: true,
    outfile: join(folder, 'checkin/sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    define: { __SHELL__: JSON.stringify({ version, files }) },
  });
  return Object.keys(metafile.inputs);
}
