import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { FUNCTION_NAMES } from '../functions/manifests.ts';
import type { FunctionName } from '../shared/kernel/manifest.ts';
import { takeTurns } from '../shared/kernel/turns.ts';
import { certificateFiles } from './certificate-files.ts';
import { buildCheckin } from './checkin-bundle.ts';
import { withoutParser, writeWords } from './compiled-messages.ts';
import { buildConsole } from './console-bundle.ts';
import { leftOut } from './left-out.ts';
import { writeLicences } from './licences.ts';
import { SITE_BUNDLE, SITE_ENTRIES, siteAddresses } from './site-bundle.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** ESM bundles lack `require`, which some CommonJS dependencies still call for Node's own modules. */
const REQUIRE_BANNER =
  "import{createRequire as plenaryRequire}from'node:module';const require=plenaryRequire(import.meta.url);";

/** esbuild holds every file of each bundle in memory: 2 GB for all at once, 0.6 GB for four. */
const BUNDLES_AT_ONCE = 4;

/**
 * Builds what is deployed, into `dist/`: `functions/<name>/index.mjs` for each Lambda and `web/` for the bucket.
 * `npm start`, `npm test` and `cdk deploy` all run these very files.
 */
export async function buildAll(log: (line: string) => void = () => {}): Promise<void> {
  await rm(join(ROOT, 'dist'), { recursive: true, force: true });
  const [{ assets, sources }, ...ofApps] = await Promise.all([buildSite(), buildConsole(), buildCheckin()]);
  await writeLicences(join(ROOT, 'dist/web'), [...sources, ...ofApps.flatMap((files) => [...files])]);
  log(`site      ${[assets.js, assets.css, assets.pagesCss, ...Object.values(assets.formJs)].join('  ')}`);
  await buildFunctions(async (name) => {
    const bytes = await buildFunction(name, assets);
    if (name === 'certificates') await writeFiles(`dist/functions/${name}`, await certificateFiles());
    log(`function  ${name.padEnd(17)}${Math.round(bytes / 1024)} KB`);
  });
}

/** Builds each function, a few at a time. */
export async function buildFunctions(build: (name: FunctionName) => Promise<void>): Promise<void> {
  const inTurn = takeTurns(BUNDLES_AT_ONCE);
  await Promise.all(FUNCTION_NAMES.map((name) => inTurn(() => build(name))));
}

type Assets = ReturnType<typeof siteAddresses>;

/** Content-hashed files, so that they may be cached for ever; returns the address of each, and the files that they are made of. */
async function buildSite(): Promise<{ readonly assets: Assets; readonly sources: readonly string[] }> {
  const { metafile } = await build({
    ...SITE_BUNDLE,
    outdir: join(ROOT, 'dist/web/assets'),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    metafile: true,
  });
  await copyStatic();
  const assets = siteAddresses((name) => {
    const source = SITE_ENTRIES[name];
    const found = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === source);
    if (source === undefined || found === undefined) throw new Error(`no output for ${name}`);
    return `/assets/${basename(found[0])}`;
  });
  return { assets, sources: Object.keys(metafile.inputs) };
}

/** Files that are served as they are, from the root. */
async function copyStatic(): Promise<void> {
  const from = join(ROOT, 'web/site/static');
  const to = join(ROOT, 'dist/web');
  await mkdir(to, { recursive: true });
  for (const file of await readdir(from)) await copyFile(join(from, file), join(to, file));
}

/** What a function reads from beside its script. */
async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  await mkdir(join(ROOT, folder), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(ROOT, folder, name), bytes);
}

/** How any bundle for Lambda is built. */
export const LAMBDA_BUNDLE = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  banner: { js: REQUIRE_BANNER },
  // Khmer would otherwise be written as escapes, at twice the size.
  charset: 'utf8',
  legalComments: 'none',
} satisfies BuildOptions;

async function buildFunction(name: FunctionName, assets: Assets): Promise<number> {
  const folder = join(ROOT, `dist/functions/${name}`);
  const outfile = join(folder, 'index.mjs');
  const { metafile } = await build({
    ...LAMBDA_BUNDLE,
    entryPoints: [`functions/${name}/index.ts`],
    outfile,
    metafile: true,
    // Text alone: esbuild has every module import what is an object, which adds a call to each.
    define: { __ASSETS__: JSON.stringify(JSON.stringify(assets)), __FILES__: JSON.stringify('./') },
    // Lambda hands credentials over in the environment; the default chain would add 32 KB and cold-start time.
    alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'infra/environment-credentials.ts') },
    plugins: [withoutParser, leftOut],
  });
  await writeWords(folder, metafile);
  return (await stat(outfile)).size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll(console.log);
