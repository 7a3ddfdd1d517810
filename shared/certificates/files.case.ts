import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Certificates } from './document/certificate.ts';

/** Where the files lie that were built for this function, from its script; where sources run unbundled, as in tests, those of the build. */
declare const __FILES__: string | undefined;
const FOLDER = typeof __FILES__ === 'undefined' ? '../../dist/functions/certificates/' : __FILES__;

let opened: Promise<Certificates> | undefined;

/** Opens HarfBuzz and all fonts, once: some 100 ms of the processor at a cold start. */
export function openFiles(): Promise<Certificates> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(): Promise<Certificates> {
  const folder = new URL(FOLDER, import.meta.url);
  const names = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith('.ttf'));
  const read = (name: string): Promise<Uint8Array<ArrayBuffer>> => readFile(new URL(name, folder));
  const [{ openCertificates }, { fontsOf }, subsetter, ...fonts] = await Promise.all([
    import('./document/certificate.ts'),
    import('./document/font-files.ts'),
    read('harfbuzz-subset.wasm'),
    ...names.map(read),
  ]);
  const files = Object.fromEntries(names.map((name, index) => [name, fonts[index] ?? new Uint8Array()]));
  return openCertificates(fontsOf(files), subsetter);
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    /** What draws: opened at its first use, since few of those who check a code need any of it. */
    readonly certificates: () => Promise<Certificates>;
  }
}
