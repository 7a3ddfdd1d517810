import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** Bytes that the zip format adds to each name: local file header, central directory header. */
const LOCAL_HEADER = 30;
const CENTRAL_HEADER = 46;
const END_OF_DIRECTORY = 22;
/** As CDK's own packer compresses (`archiver`, level 9). */
const LEVEL = 9;

/**
 * Bytes of files as a zip: what Lambda is given of `dist/functions/<name>`.
 *
 * @param counts which of a folder's files count, by their path in it
 */
export function zipSize(folder: string, counts: (path: string) => boolean): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = entries.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const inFolder = relative(folder, path);
    if (!counts(inFolder)) return [];
    const packed = deflateRawSync(readFileSync(path), { level: LEVEL });
    return [LOCAL_HEADER + CENTRAL_HEADER + 2 * Buffer.byteLength(inFolder) + packed.length];
  });
  return sizes.reduce((sum, size) => sum + size, END_OF_DIRECTORY);
}
