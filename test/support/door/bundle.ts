import { basename } from 'node:path';
import { build } from 'esbuild';

/** A page with nothing on it but the engine. */
export async function enginePage(): Promise<Map<string, string>> {
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
  const page =
    '<!doctype html><meta charset="utf-8"><title>Engine</title><script type="module" src="/page.js"></script>';
  return new Map([['/', page], ...outputFiles.map(({ path, text }) => [`/${basename(path)}`, text] as const)]);
}
