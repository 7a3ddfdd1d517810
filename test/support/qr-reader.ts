import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule } from 'zxing-wasm/reader';

let reader: Promise<unknown> | undefined;

/** Has what reads QR codes at hand, one for all files of a process: each new one compiles a megabyte, and keeps memory of its own. */
export function prepareQrReader(): Promise<unknown> {
  reader ??= makeReader();
  return reader;
}

async function makeReader(): Promise<unknown> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  return prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
}
