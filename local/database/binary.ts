import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Dynoxide {
  readonly path: string;
  /** `1.2.1` */
  readonly version: string;
}

/** The program from its npm package, else from the PATH, else nothing. */
export async function findDynoxide(): Promise<Dynoxide | undefined> {
  for (const path of [packagedBinary(), 'dynoxide']) {
    const version = path && (await versionOf(path));
    if (path && version) return { path, version };
  }
  return undefined;
}

function packagedBinary(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch {
    return undefined;
  }
}

/** Nothing when the program is missing or was built for another machine. */
async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version']);
    return stdout.trim().split(' ').at(-1);
  } catch {
    return undefined;
  }
}
