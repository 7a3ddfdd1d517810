import { readFile } from 'node:fs/promises';
import type { TOTP } from 'otpauth';
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

/** Periods of 30 seconds by which clocks may differ. */
const WINDOW = 1;

/** A new secret, base32. */
export async function newSecret(): Promise<string> {
  const { Secret } = await import('otpauth');
  return new Secret().base32;
}

/** What an authenticator app reads from a QR code. */
export const enrolmentAddress = async (secret: string, label: string): Promise<string> =>
  (await authenticator(secret, label)).toString();

/** Whether a code is the one that an app with this secret shows now (RFC 6238). */
export const isCodeOf = async (secret: string, code: string): Promise<boolean> =>
  (await authenticator(secret)).validate({ token: code.replace(/\s/g, ''), window: WINDOW }) !== null;

/** Loaded for those alone who use one: signing in without one stays as fast as it was. */
async function authenticator(secret: string, label = ''): Promise<TOTP> {
  const { Secret, TOTP } = await import('otpauth');
  return new TOTP({ issuer: 'Plenary on this machine', label, secret: Secret.fromBase32(secret) });
}
