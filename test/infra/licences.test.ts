import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build as bundle } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCheckin } from '../../infra/checkin-bundle.ts';
import { licencesOf, notingFiles, packageFolder } from '../../infra/licences.ts';
import { SITE_BUNDLE } from '../../infra/site-bundle.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenary-licences-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A script that uses a package, with these files besides. */
async function scriptWith(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const home = join(folder, name);
  const all = {
    'script.js': "import { used } from 'sample'; console.log(used);",
    'node_modules/sample/package.json': JSON.stringify({ name: 'sample', version: '1.2.3', main: 'index.js' }),
    'node_modules/sample/index.js': 'export const used = 1;',
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    await mkdir(dirname(join(home, file)), { recursive: true });
    await writeFile(join(home, file), text);
  }
  return join(home, 'script.js');
}

/** What its bundle is made of, by esbuild. */
async function filesOf(script: string): Promise<string[]> {
  const { metafile } = await bundle({
    entryPoints: [script],
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: dirname(script),
  });
  return Object.keys(metafile.inputs).map((file) => join(dirname(script), file));
}

describe('licences of what browsers are served', () => {
  it('are the texts of all packages, each with its version, and of none that is not bundled', async () => {
    const script = await scriptWith('licensed', {
      'node_modules/sample/LICENCE.md': 'You may.\n\n# Licenses of bundled dependencies\nof a build',
      'node_modules/other/package.json': '{"name":"other","version":"4.5.6"}',
    });
    const text = licencesOf(await filesOf(script));
    expect(text).toContain('sample 1.2.3\n\nYou may.');
    expect(text).not.toMatch(/\bother \d|of a build/);
  });

  it('a package that comes without one is not built', async () => {
    const script = await scriptWith('unlicensed', { 'node_modules/sample/README.md': 'Free.' });
    const files = await filesOf(script);
    expect(files.some((file) => file.includes('node_modules/sample'))).toBe(true);
    expect(() => licencesOf(files)).toThrow('served without a licence: sample 1.2.3');
  });

  it('are of what a scoped package, a helper of the bundler and a package within another is', () => {
    expect(packageFolder('/a/node_modules/@b/c/d/e.js')).toBe('/a/node_modules/@b/c');
    expect(packageFolder('/a/node_modules/b/node_modules/c/d.js')).toBe('/a/node_modules/b/node_modules/c');
    expect(packageFolder('\0vite/preload-helper.js')).toMatch(/node_modules\/vite$/);
    expect(packageFolder('/a/web/site/site.ts')).toBeUndefined();
  });

  it('of the check-in app name its reader of codes, what that is compiled from, and its store', async () => {
    const text = licencesOf(await buildCheckin(join(folder, 'checkin')));
    for (const name of ['preact', 'idb', 'zxing-wasm', 'ZXing-C++', 'Apache License']) expect(text).toContain(name);
  }, 120_000);

  it('of the site name its font and what blinds', async () => {
    const { metafile } = await bundle({ ...SITE_BUNDLE, outdir: folder, write: false, metafile: true });
    const text = licencesOf(Object.keys(metafile.inputs));
    for (const name of ['@fontsource/noto-sans-khmer', 'SIL OPEN FONT LICENSE', '@cloudflare/blindrsa-ts'])
      expect(text.toUpperCase()).toContain(name.toUpperCase());
  }, 120_000);

  it('are noted of files that are copied as they are, too', async () => {
    const noted: string[] = [];
    const { generateBundle, configResolved } = notingFiles((file) => noted.push(file)) as unknown as {
      configResolved: (config: { root: string }) => void;
      generateBundle: (options: object, output: object) => void;
    };
    configResolved({ root: '/home/web' });
    generateBundle({}, { a: { type: 'asset', originalFileNames: ['../node_modules/font/a.woff2'] } });
    expect(noted).toEqual(['/home/node_modules/font/a.woff2']);
  });
});
