import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { sameBytes } from '../../kernel/keys/secrets.store.ts';

/** RSABSSA-SHA384-PSS-Deterministic of RFC 9474: what is signed is 32 random bytes, so nothing is gained by adding more. */
const MODULUS_BITS = 2048;
const HASH = 'sha384';
const SALT_BYTES = 48;
/** Of a blinded message, and of a signature. */
export const SIGNATURE_BYTES = MODULUS_BITS / 8;

/** DER: SPKI and PKCS #8. */
export interface BlindKeyPair {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

export async function makeBlindKeyPair(): Promise<BlindKeyPair> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: MODULUS_BITS,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
}

/**
 * Signs what it cannot read: plain RSA, as RFC 9474 says, by OpenSSL, which takes a millisecond.
 *
 * @param blinded of a message for the key whose private part this is
 * @returns `undefined` where it is no number below the modulus in as many bytes
 * @throws Error where the signature does not come out right: one that went wrong would give the key away
 */
export function blindSign(privateKey: Uint8Array, blinded: Uint8Array): Buffer | undefined {
  if (blinded.length !== SIGNATURE_BYTES) return undefined;
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const raw = { key, padding: constants.RSA_NO_PADDING };
  const signed = signRaw(raw, blinded);
  if (signed === undefined) return undefined;
  if (!sameBytes(publicEncrypt({ ...raw, key: createPublicKey(key) }, signed), blinded))
    throw new Error('signing failure');
  return signed;
}

function signRaw(raw: Parameters<typeof privateDecrypt>[0], blinded: Uint8Array): Buffer | undefined {
  try {
    return privateDecrypt(raw, blinded);
  } catch (error) {
    // What is not below the modulus.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_MODULUS')
      return undefined;
    throw error;
  }
}

/** By the bytes that they were read from, which takes three times as long as to verify by one. */
const publicKeys = new WeakMap<Uint8Array, KeyObject>();

function publicKeyOf(bytes: Uint8Array): KeyObject {
  const key = publicKeys.get(bytes) ?? createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });
  publicKeys.set(bytes, key);
  return key;
}

/** Whether an unblinded signature is good for a message. Never throws, whatever the signature is. */
export function isSigned(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const key = publicKeyOf(publicKey);
  return verify(HASH, message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES }, signature);
}
