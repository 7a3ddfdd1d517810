import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { LOCAL_AWS } from './aws.ts';
import { HOST, listen, readBody } from './http.ts';

/** What each key is for; KMS refuses any other use of it. */
type Key =
  | { readonly use: 'GENERATE_VERIFY_MAC'; readonly spec: 'HMAC_256'; readonly arn: string; readonly secret: Buffer }
  | {
      readonly use: 'ENCRYPT_DECRYPT';
      readonly spec: 'SYMMETRIC_DEFAULT';
      readonly arn: string;
      readonly secret: Buffer;
    }
  | {
      readonly use: 'SIGN_VERIFY';
      readonly spec: 'ECC_NIST_EDWARDS25519';
      readonly arn: string;
      readonly private: KeyObject;
    };

/** The key each purpose has, by id. */
interface KeyIds {
  readonly secrets: string;
  readonly feedback: string;
  readonly ticket: string;
  readonly care: string;
}

interface Keyring {
  readonly ids: KeyIds;
  /**
   * @param keyId an id or an ARN
   * @throws KmsError NotFoundException, or ValidationException without an id
   */
  find(keyId: unknown): Key;
}

/** What the file holds: base64, by purpose. */
type Stored = Readonly<Record<keyof KeyIds, { readonly id: string; readonly material: string }>>;

/** Reads the keys of this directory, made on first use. */
async function loadKeyring(file: string): Promise<Keyring> {
  const stored = await readOrMake(file);
  const secret = (name: 'secrets' | 'feedback' | 'care') => Buffer.from(stored[name].material, 'base64');
  const arn = (name: keyof KeyIds) => ARN_PREFIX + stored[name].id;
  const symmetric = (name: 'feedback' | 'care'): [string, Key] => [
    arn(name),
    { use: 'ENCRYPT_DECRYPT', spec: 'SYMMETRIC_DEFAULT', arn: arn(name), secret: secret(name) },
  ];
  const pkcs8 = { key: Buffer.from(stored.ticket.material, 'base64'), format: 'der', type: 'pkcs8' } as const;
  const keys = new Map<string, Key>([
    [arn('secrets'), { use: 'GENERATE_VERIFY_MAC', spec: 'HMAC_256', arn: arn('secrets'), secret: secret('secrets') }],
    symmetric('feedback'),
    symmetric('care'),
    [
      arn('ticket'),
      { use: 'SIGN_VERIFY', spec: 'ECC_NIST_EDWARDS25519', arn: arn('ticket'), private: createPrivateKey(pkcs8) },
    ],
  ]);
  return {
    ids: { secrets: stored.secrets.id, feedback: stored.feedback.id, ticket: stored.ticket.id, care: stored.care.id },
    find(keyId) {
      if (typeof keyId !== 'string' || keyId === '') {
        throw new KmsError(
          'ValidationException',
          "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
        );
      }
      const wanted = keyId.startsWith('arn:') ? keyId : ARN_PREFIX + keyId;
      const key = keys.get(wanted);
      if (key === undefined) throw new KmsError('NotFoundException', `Key '${wanted}' does not exist`);
      return key;
    },
  };
}

const ARN_PREFIX = `arn:aws:kms:${LOCAL_AWS.region}:${LOCAL_AWS.accountId}:key/`;

async function readOrMake(file: string): Promise<Stored> {
  const before = await readStored(file);
  const made: Stored = { ...makeKeys(), ...before };
  // Keys that are there stay; a purpose that is newer than the file gets one.
  if (Object.keys(made).every((name) => before !== undefined && name in before)) return made;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

async function readStored(file: string): Promise<Partial<Stored> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

function makeKeys(): Stored {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = (material: Buffer) => ({ id: randomUUID(), material: material.toString('base64') });
  return {
    secrets: key(randomBytes(32)),
    feedback: key(randomBytes(32)),
    care: key(randomBytes(32)),
    ticket: key(privateKey.export({ format: 'der', type: 'pkcs8' })),
  };
}

/** An error as KMS answers it: `{"__type": name, "message": message}`. */
class KmsError extends Error {
  readonly status: number;
  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

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
const OPERATIONS: Readonly<Record<string, Operation>> = {
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

export interface LocalKeys {
  readonly endpoint: string;
  readonly ids: KeyIds;
  stop(): Promise<void>;
}

/**
 * The part of KMS that functions use, over KMS's own protocol (AWS JSON 1.1). Keys stay in `keys.json` in the
 * directory, so that links and tickets remain valid after a restart.
 */
export async function startKeys(options: { readonly directory: string; readonly port?: number }): Promise<LocalKeys> {
  const keyring = await loadKeyring(join(options.directory, 'keys.json'));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    };
    try {
      send(200, operate(request, await readBody(request, BODY_LIMIT)));
    } catch (error) {
      const known = error instanceof KmsError ? error : new KmsError('KMSInternalException', String(error), 500);
      send(known.status, { __type: known.name, message: known.message });
    }
  }

  function operate(request: IncomingMessage, body: Buffer): unknown {
    if (!request.headers.authorization) {
      throw new KmsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    const name = String(request.headers['x-amz-target']).replace(/^TrentService\./, '');
    const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (operation === undefined)
      throw new KmsError('UnknownOperationException', `no operation ${name} on this machine`);
    return operation(keyring, parse(body));
  }

  const server = await listen(answer, options.port ?? 0);
  return { endpoint: `http://${HOST}:${server.port}`, ids: keyring.ids, stop: server.stop };
}

/** Bytes; more than the largest message KMS takes, in base64. */
const BODY_LIMIT = 64 * 1024;

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Answered below, like anything else that is no object.
  }
  throw new KmsError('SerializationException', 'the body is not a JSON object');
}
