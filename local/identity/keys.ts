import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from '../atomic-file.ts';

/** What the provider signs tokens and its own cookies with. */
export interface IdentityKeys {
  /** RSA, private: the only kind of signature that API Gateway verifies. */
  readonly signing: JsonWebKey & { readonly kid: string };
  readonly cookies: string;
}

/** Reads the keys of this directory, made on first use, so that tokens stay valid after a restart. */
export async function loadIdentityKeys(file: string): Promise<IdentityKeys> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const made: IdentityKeys = {
    signing: { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' },
    cookies: randomBytes(32).toString('base64url'),
  };
  await writeAtomically(file, JSON.stringify(made));
  return made;
}
