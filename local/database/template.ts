import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * dynoxide looks for the last record of a stream by reading all of them, once for each write. A database that starts
 * as a copy of this template has indexes for that query; `make-template.ts` made it. Another version of dynoxide,
 * whose tables may differ, starts from nothing instead.
 */
export const templateFile = (version: string): URL => new URL(`template-${version}.db.gz`, import.meta.url);

/** Leaves a database that exists as it is. */
export async function copyTemplate(file: string, version: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const template = templateFile(version);
  if (existsSync(file) || !existsSync(template)) return;
  await writeFile(file, gunzipSync(await readFile(template)));
}
