import { createCipheriv, createDecipheriv, createHmac, createPublicKey, randomBytes, sign } from 'node:crypto';
import { type Key, type Keyring, KmsError } from './keyring.ts';

type SymmetricKey = Extract<Key, { use: 'ENCRYPT_DECRYPT' }>;

/** A ciphertext names its key, as in KMS: `key id (36) | nonce (12) | tag (16) | AES-256-GCM`. */
const KEY_ID_BYTES = 36;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

function encrypt(key: SymmetricKey, plaintext: Buffer, context: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(context);
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const id = Buffer.from(key.arn.slice(-KEY_ID_BYTES), 'ascii');
  return Buffer.concat([id, nonce, cipher.getAuthTag(), encrypted]);
}

/** @throws KmsError InvalidCiphertextException for another context, another key or a changed byte */
function decrypt(key: SymmetricKey, ciphertext: Buffer, context: Buffer): Buffer {
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
function keyOf(ciphertext: Buffer): string {
  const id = ciphertext.subarray(0, KEY_ID_BYTES).toString('ascii');
  if (ciphertext.length <= HEADER_BYTES || !/^[0-9a-f-]{36}$/.test(id)) throw invalidCiphertext();
  return id;
}

const invalidCiphertext = () => new KmsError('InvalidCiphertextException', 'The ciphertext is not valid');

type Input = Readonly<Record<string, unknown>>;

/** A binary value that must be there, 1 to `limit` bytes. */
function blob(input: Input, name: string, limit: number): Buffer {
  const value = input[name];
  if (typeof value !== 'string') throw invalid(name, 'Member must not be null');
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length < 1 || bytes.length > limit) throw invalid(name, `Member must have length between 1 and ${limit}`);
  return bytes;
}

/** An algorithm that the key can do; KMS calls any other a wrong use of the key. */
function oneOf(input: Input, name: string, allowed: readonly string[]): void {
  const value = input[name];
  if (value === undefined) throw invalid(name, 'Member must not be null');
  if (!allowed.includes(String(value))) {
    throw new KmsError(
      'InvalidKeyUsageException',
      `Algorithm ${value} is incompatible with this key: ${allowed.join(', ')}`,
    );
  }
}

/** The encryption context in one canonical form: its order does not matter. */
function context(input: Input): Buffer {
  const pairs = Object.entries((input.EncryptionContext ?? {}) as Record<string, string>);
  return Buffer.from(JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function invalid(name: string, constraint: string): KmsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return new KmsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

type Operation = (keyring: Keyring, input: Record<string, unknown>) => Record<string, unknown>;

/**
 * Each operation takes and gives what KMS does, binary values in base64.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html
 */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  Sign(keyring, input) {
    const key = forUse(keyring.find(input.KeyId), 'SIGN_VERIFY');
    const message = blob(input, 'Message', MESSAGE_LIMIT);
    oneOf(input, 'SigningAlgorithm', ['ED25519_SHA_512']);
    // Pure Ed25519 signs the message itself: KMS takes a digest only for the pre-hashed variant.
    if (input.MessageType !== 'RAW') {
      throw new KmsError('ValidationException', 'Algorithm ED25519_SHA_512 requires MessageType RAW');
    }
    const signature = sign(null, message, key.private).toString('base64');
    return { KeyId: key.arn, Signature: signature, SigningAlgorithm: 'ED25519_SHA_512' };
  },

  GetPublicKey(keyring, input) {
    const key = keyring.find(input.KeyId);
    if (key.use !== 'SIGN_VERIFY') {
      throw new KmsError('UnsupportedOperationException', `GetPublicKey does not apply to a ${key.spec} key`);
    }
    return {
      KeyId: key.arn,
      KeySpec: key.spec,
      CustomerMasterKeySpec: key.spec,
      KeyUsage: key.use,
      PublicKey: createPublicKey(key.private).export({ format: 'der', type: 'spki' }).toString('base64'),
      SigningAlgorithms: ['ED25519_SHA_512'],
    };
  },

  GenerateMac(keyring, input) {
    const key = forUse(keyring.find(input.KeyId), 'GENERATE_VERIFY_MAC');
    const message = blob(input, 'Message', MESSAGE_LIMIT);
    oneOf(input, 'MacAlgorithm', ['HMAC_SHA_256']);
    const mac = createHmac('sha256', key.secret).update(message).digest('base64');
    return { KeyId: key.arn, Mac: mac, MacAlgorithm: 'HMAC_SHA_256' };
  },

  Encrypt(keyring, input) {
    const key = forUse(keyring.find(input.KeyId), 'ENCRYPT_DECRYPT');
    const ciphertext = encrypt(key, blob(input, 'Plaintext', MESSAGE_LIMIT), context(input));
    return { KeyId: key.arn, CiphertextBlob: ciphertext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },

  Decrypt(keyring, input) {
    const ciphertext = blob(input, 'CiphertextBlob', CIPHERTEXT_LIMIT);
    const key = forUse(keyring.find(keyOf(ciphertext)), 'ENCRYPT_DECRYPT');
    if (input.KeyId !== undefined && keyring.find(input.KeyId) !== key) {
      throw new KmsError(
        'IncorrectKeyException',
        'The key ID in the request does not identify the key of this ciphertext',
      );
    }
    const plaintext = decrypt(key, ciphertext, context(input));
    return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },
};

/** Bytes, KMS's own limits. */
const MESSAGE_LIMIT = 4096;
const CIPHERTEXT_LIMIT = 6144;

function forUse<Use extends Key['use']>(key: Key, use: Use): Extract<Key, { use: Use }> {
  if (key.use !== use)
    throw new KmsError('InvalidKeyUsageException', `${key.arn} key usage is ${key.use}, not ${use}.`);
  return key as Extract<Key, { use: Use }>;
}
