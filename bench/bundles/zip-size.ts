import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** Bytes that the zip format adds to each name: local file header, central directory header. */
const LOCAL_HEADER = 30;
const CENTRAL_HEADER = 46;
const END_OF_DIRECTORY = 22;
/** As CDK's own packer compresses (`archiver`, level 9). */
const LEVEL = 9;

/** Bytes of a folder as a zip: what Lambda is given of `dist/functions/<name>`. */
export function zipSize(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = entries.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const nameBytes = Buffer.byteLength(path) - Buffer.byteLength(folder) - 1;
    return LOCAL_HEADER + CENTRAL_HEADER + 2 * nameBytes + deflateRawSync(readFileSync(path), { level: LEVEL }).length;
  });
  return sizes.reduce((sum, size) => sum + size, END_OF_DIRECTORY);
}
