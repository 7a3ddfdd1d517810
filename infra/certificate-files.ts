import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import decompress from 'wawoff2/decompress.js';

const { resolve } = createRequire(import.meta.url);

/** Fonts of the system's five languages, those of Latin letters first. */
const FONTS = [
  ['', 'latin', 'NotoSans'],
  ['', 'vietnamese', 'NotoSansVietnamese'],
  ['', 'latin-ext', 'NotoSansExtended'],
  ['-khmer', 'khmer', 'NotoSansKhmer'],
  ['-lao', 'lao', 'NotoSansLao'],
  ['-myanmar', 'myanmar', 'NotoSansMyanmar'],
  ['-thai', 'thai', 'NotoSansThai'],
] as const;
const WEIGHTS = { Regular: 400, Bold: 700 } as const;

/** What lies beside the bundle that draws certificates, by the name of each file: what shapes texts, what makes fonts small, and fonts. */
export async function certificateFiles(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  // HarfBuzz looks for its own file beside the script that loads it.
  for (const name of ['harfbuzz.wasm', 'harfbuzz-subset.wasm']) {
    files[name] = await readFile(resolve(`harfbuzzjs/dist/${name}`));
  }
  for (const [order, [family, subset, name]] of FONTS.entries()) {
    for (const [style, weight] of Object.entries(WEIGHTS)) {
      const file = `noto-sans${family}-${subset}-${weight}-normal.woff2`;
      const packed = await readFile(resolve(`@fontsource/noto-sans${family}/files/${file}`));
      // What is unpacked lies in memory that the next file is unpacked into.
      files[`${order}-${name}-${style}.ttf`] = Uint8Array.from(await decompress(packed));
    }
  }
  return files;
}
