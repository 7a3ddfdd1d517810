import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { Keys } from '../parts.store.ts';

/** What a secret is for; each purpose has a key of its own, so that no value can serve for another. */
export type SecretPurpose =
  | 'manage-link'
  | 'consent-link'
  | 'guardian-code'
  | 'address-code'
  | 'address-link'
  | 'handover-code'
  | 'delegation-link'
  | 'unsubscribe'
  | 'certificate'
  | 'consent-receipt'
  | 'delegation'
  | 'unconfirmed'
  | 'confirm-link'
  | 'report'
  | 'role-invitation'
  | 'address-lock'
  | 'idempotency'
  | 'invitation'
  | 'recipient'
  | 'team-recipient'
  | 'announced'
  | 'tombstone'
  | 'proof-of-work'
  | 'feedback-link';

/** Keyed hashes, 32 bytes. */
export interface Secrets {
  readonly mac: (purpose: SecretPurpose, text: string) => Promise<Buffer>;
}

const ROOT_MESSAGE = Buffer.from('plenary/secrets/v1');

/**
 * Derives every secret from one KMS call per cold start: the MAC of a constant is the root, HKDF makes a key
 * for each purpose. No secret is stored anywhere, and only functions that may `GenerateMac` have them.
 */
export function kmsSecrets({ kms, secretsKey: keyId }: Keys<'secretsKey'>): Secrets {
  let root: Promise<Uint8Array> | undefined;
  const keys = new Map<SecretPurpose, Buffer>();
  const keyFor = async (purpose: SecretPurpose): Promise<Buffer> => {
    const known = keys.get(purpose);
    if (known) return known;
    root ??= fetchRoot(kms, keyId).catch((error: unknown) => {
      root = undefined;
      throw error;
    });
    const key = Buffer.from(hkdfSync('sha256', await root, '', `plenary/${purpose}`, 32));
    keys.set(purpose, key);
    return key;
  };
  return {
    mac: async (purpose, text) =>
      createHmac('sha256', await keyFor(purpose))
        .update(text)
        .digest(),
  };
}

async function fetchRoot(kms: KMSClient, keyId: string): Promise<Uint8Array> {
  const { Mac } = await kms.send(
    new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message: ROOT_MESSAGE }),
  );
  if (Mac === undefined) throw new Error('KMS answered without a Mac');
  return Mac;
}

/** Compares in constant time; unequal lengths are unequal. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

declare module '../parts.store.ts' {
  interface Parts {
    readonly secrets: Secrets;
  }
}
