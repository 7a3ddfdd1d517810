import { basename } from 'node:path';
import { build } from 'esbuild';
import { SITE_BUNDLE } from '../../infra/site-bundle.ts';

/** The site's files as deployed, but without a hash in their names: what pages ask for where they are not bundled. */
export async function siteAssets(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({ ...SITE_BUNDLE, outdir: 'assets', write: false });
  return new Map(
    outputFiles.map(({ path, contents }) => [`/assets/${basename(path).replace('-css.css', '.css')}`, contents]),
  );
}
