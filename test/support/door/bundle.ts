import { basename } from 'node:path';
import { build } from 'esbuild';

/** A page with nothing on it but the engine, and its scripts. @param place where they are: `/`, or a folder's path with both slashes */
export async function enginePage(place = '/'): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['test/support/door/page.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    target: 'es2022',
    outdir: 'engine',
    write: false,
  });
  const page = `<!doctype html><meta charset="utf-8"><title>Engine</title><script type="module" src="${place}page.js"></script>`;
  return new Map([[place, page], ...outputFiles.map(({ path, text }) => [place + basename(path), text] as const)]);
}
