import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KmsError } from './error.ts';
import type { Key } from './keyring.ts';

type SymmetricKey = Extract<Key, { use: 'ENCRYPT_DECRYPT' }>;

/** A ciphertext names its key, as in KMS: `key id (36) | nonce (12) | tag (16) | AES-256-GCM`. */
const KEY_ID_BYTES = 36;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

export function encrypt(key: SymmetricKey, plaintext: Buffer, context: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(context);
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const id = Buffer.from(key.arn.slice(-KEY_ID_BYTES), 'ascii');
  return Buffer.concat([id, nonce, cipher.getAuthTag(), encrypted]);
}

/** @throws KmsError InvalidCiphertextException for another context, another key or a changed byte */
export function decrypt(key: SymmetricKey, ciphertext: Buffer, context: Buffer): Buffer {
  const nonce = ciphertext.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES);
  const tag = ciphertext.subarray(KEY_ID_BYTES + NONCE_BYTES, HEADER_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce).setAAD(context).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(HEADER_BYTES)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** The id of the key a ciphertext was made with. */
export function keyOf(ciphertext: Buffer): string {
  const id = ciphertext.subarray(0, KEY_ID_BYTES).toString('ascii');
  if (ciphertext.length <= HEADER_BYTES || !/^[0-9a-f-]{36}$/.test(id)) throw invalidCiphertext();
  return id;
}

const invalidCiphertext = () => new KmsError('InvalidCiphertextException', 'The ciphertext is not valid');
