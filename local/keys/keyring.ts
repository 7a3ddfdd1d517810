import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LOCAL_AWS } from '../aws.ts';

/** What each key is for; KMS refuses any other use of it. */
export type Key =
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
export interface KeyIds {
  readonly secrets: string;
  readonly feedback: string;
  readonly ticket: string;
  readonly care: string;
}

export interface Keyring {
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
export async function loadKeyring(file: string): Promise<Keyring> {
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
export class KmsError extends Error {
  readonly status: number;
  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}
