import { createHmac, createPublicKey, sign } from 'node:crypto';
import { decrypt, encrypt, keyOf } from './cipher.ts';
import { KmsError } from './error.ts';
import { blob, context, oneOf } from './input.ts';
import type { Key, Keyring } from './keyring.ts';

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
