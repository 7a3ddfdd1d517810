import { createHmac, createPublicKey, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecryptCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListKeysCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { type LocalKeys, startKeys } from '../../local/keys.ts';

let directory: string;
let keys: LocalKeys;
let kms: KMSClient;

async function start(): Promise<void> {
  keys = await startKeys({ directory });
  kms = new KMSClient({ ...LOCAL_AWS, endpoint: keys.endpoint });
}

async function stop(): Promise<void> {
  kms.destroy();
  await keys.stop();
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  await start();
});

afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

const message = Buffer.from('a ticket');
const ed25519 = { SigningAlgorithm: 'ED25519_SHA_512', MessageType: 'RAW' } as const;
const hmac = { MacAlgorithm: 'HMAC_SHA_256' } as const;
const sign = () => kms.send(new SignCommand({ KeyId: keys.ids.ticket, Message: message, ...ed25519 }));
const mac = () => kms.send(new GenerateMacCommand({ KeyId: keys.ids.secrets, Message: message, ...hmac }));
const encrypt = (EncryptionContext?: Record<string, string>) =>
  kms.send(new EncryptCommand({ KeyId: keys.ids.care, Plaintext: message, EncryptionContext }));
const decrypt = (CiphertextBlob?: Uint8Array, EncryptionContext?: Record<string, string>) =>
  kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));

describe('keys', () => {
  it('sign as anyone with the public key can verify, the same way each time', async () => {
    const { Signature = new Uint8Array(), KeyId } = await sign();
    const published = await kms.send(new GetPublicKeyCommand({ KeyId: keys.ids.ticket }));
    expect(published).toMatchObject({ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY', KeyId });
    const key = createPublicKey({ key: Buffer.from(published.PublicKey ?? []), format: 'der', type: 'spki' });
    expect(verify(null, message, key, Signature)).toBe(true);
    expect(verify(null, Buffer.from('another'), key, Signature)).toBe(false);
    expect((await sign()).Signature).toEqual(Signature);
  });

  it('authenticate with HMAC-SHA-256 under the key that is kept', async () => {
    const stored = JSON.parse(await readFile(join(directory, 'keys.json'), 'utf8'));
    const secret = Buffer.from(stored.secrets.material, 'base64');
    expect(Buffer.from((await mac()).Mac ?? [])).toEqual(createHmac('sha256', secret).update(message).digest());
  });

  it('encrypt so that only the same context decrypts', async () => {
    const { CiphertextBlob } = await encrypt({ a: '1', b: '2' });
    const { Plaintext } = await decrypt(CiphertextBlob, { b: '2', a: '1' });
    expect(Buffer.from(Plaintext ?? [])).toEqual(message);
    await expect(decrypt(CiphertextBlob, { a: '1' })).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    const changed = Buffer.from(CiphertextBlob ?? []);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await expect(decrypt(changed, { a: '1', b: '2' })).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await expect(decrypt(Buffer.from('short'))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('survive a restart, unreadable for other people of the machine', async () => {
    const before = [(await sign()).Signature, (await mac()).Mac];
    const { CiphertextBlob } = await encrypt();
    await stop();
    await start();
    expect([(await sign()).Signature, (await mac()).Mac]).toEqual(before);
    expect(Buffer.from((await decrypt(CiphertextBlob)).Plaintext ?? [])).toEqual(message);
    expect((await stat(join(directory, 'keys.json'))).mode & 0o777).toBe(0o600);
  });
});

describe('wrong use of keys is refused as KMS refuses it', () => {
  const signWith = (change: object) =>
    kms.send(new SignCommand({ KeyId: keys.ids.ticket, Message: message, ...ed25519, ...change }));

  it.each([
    ['an unknown key', () => signWith({ KeyId: 'nope' }), 'NotFoundException'],
    ['signing with the HMAC key', () => signWith({ KeyId: keys.ids.secrets }), 'InvalidKeyUsageException'],
    ['another algorithm', () => signWith({ SigningAlgorithm: 'ECDSA_SHA_256' }), 'InvalidKeyUsageException'],
    ['a digest', () => signWith({ MessageType: 'DIGEST' }), 'ValidationException'],
    ['a message over 4096 bytes', () => signWith({ Message: Buffer.alloc(4097) }), 'ValidationException'],
    [
      'the public half of a secret',
      () => kms.send(new GetPublicKeyCommand({ KeyId: keys.ids.secrets })),
      'UnsupportedOperationException',
    ],
    ['an operation that is not here', () => kms.send(new ListKeysCommand({})), 'UnknownOperationException'],
  ])('%s', async (_, attempt, name) => {
    await expect(attempt()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  it('a body that is no JSON, and a request nobody signed', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      fetch(keys.endpoint, { method: 'POST', headers: { 'x-amz-target': 'TrentService.Sign', ...headers }, body });
    expect(await (await post({ authorization: 'AWS4 x' }, '{')).json()).toMatchObject({
      __type: 'SerializationException',
    });
    expect(await (await post({}, '{}')).json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});
