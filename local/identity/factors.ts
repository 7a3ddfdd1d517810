import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../atomic-file.ts';

/** How one of the made-up people signs in, beside the press. */
interface Factor {
  /** Of their authenticator app, base32; `null` once it was removed: they register another one when they next sign in. */
  readonly secret?: string | null;
  /** When they were signed out everywhere: epoch seconds. */
  readonly signedOutAt?: number;
}

/** Second factors of those who set one up. */
export interface Factors {
  readonly of: (subject: string) => Factor;
  readonly register: (subject: string, secret: string) => Promise<void>;
  /** @returns whether there was one */
  readonly remove: (subject: string) => Promise<boolean>;
  readonly signOut: (subject: string) => Promise<void>;
}

/** Those of a directory, which a restart leaves as they are. */
export async function loadFactors(file: string): Promise<Factors> {
  const all = new Map<string, Factor>(Object.entries(await readJson(file)));
  const change = async (subject: string, changed: Factor): Promise<void> => {
    all.set(subject, { ...all.get(subject), ...changed });
    await writeAtomically(file, JSON.stringify(Object.fromEntries(all)));
  };
  return {
    of: (subject) => all.get(subject) ?? {},
    register: (subject, secret) => change(subject, { secret }),
    async remove(subject) {
      const had = typeof all.get(subject)?.secret === 'string';
      if (had) await change(subject, { secret: null });
      return had;
    },
    signOut: (subject) => change(subject, { signedOutAt: Math.floor(Date.now() / 1000) }),
  };
}

async function readJson(file: string): Promise<Record<string, Factor>> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
