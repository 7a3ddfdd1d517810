import { basename } from 'node:path';
import { build } from 'esbuild';

/** The site's files as deployed, but without a hash in their names: what pages ask for where they are not bundled. */
export async function siteAssets(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: {
      site: 'web/site/site.ts',
      'own-time': 'web/site/script/own-time.ts',
      'site-css': 'web/site/site.css',
      khmer: 'web/site/khmer.css',
    },
    outdir: 'assets',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2020', 'chrome80', 'safari14', 'firefox78'],
    loader: { '.woff2': 'file' },
  });
  const named = outputFiles.map(({ path, contents }) => [`/assets/${basename(path)}`, contents] as const);
  return new Map(named.map(([path, contents]) => [path.replace('site-css.css', 'site.css'), contents]));
}
