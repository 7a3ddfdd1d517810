import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import decompress from 'wawoff2/decompress.js';
import type { Script } from '../shared/kernel/i18n/languages.ts';

const { resolve } = createRequire(import.meta.url);

type Font = readonly [family: string, subset: string, name: string];
/** Fonts of each script of the product's languages and of people's names, those of Latin letters first. */
const FONTS: Readonly<Record<Script | 'Arab', readonly Font[]>> = {
  Latn: [
    ['', 'latin', 'NotoSans'],
    ['', 'vietnamese', 'NotoSansVietnamese'],
    ['', 'latin-ext', 'NotoSansExtended'],
  ],
  Khmr: [['-khmer', 'khmer', 'NotoSansKhmer']],
  Laoo: [['-lao', 'lao', 'NotoSansLao']],
  Mymr: [['-myanmar', 'myanmar', 'NotoSansMyanmar']],
  Thai: [['-thai', 'thai', 'NotoSansThai']],
  Arab: [['-arabic', 'arabic', 'NotoSansArabic']],
};
const WEIGHTS = { Regular: 400, Bold: 700 } as const;

/** What lies beside the bundle that draws certificates, by the name of each file: what shapes texts, what makes fonts small, and fonts. */
export async function certificateFiles(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  // HarfBuzz looks for its own file beside the script that loads it.
  for (const name of ['harfbuzz.wasm', 'harfbuzz-subset.wasm']) {
    files[name] = await readFile(resolve(`harfbuzzjs/dist/${name}`));
  }
  for (const [order, [family, subset, name]] of Object.values(FONTS).flat().entries()) {
    for (const [style, weight] of Object.entries(WEIGHTS)) {
      const file = `noto-sans${family}-${subset}-${weight}-normal.woff2`;
      const packed = await readFile(resolve(`@fontsource/noto-sans${family}/files/${file}`));
      // What is unpacked lies in memory that the next file is unpacked into.
      files[`${order}-${name}-${style}.ttf`] = Uint8Array.from(await decompress(packed));
    }
  }
  return files;
}
