import { generateKeyPairSync } from 'node:crypto';
import {
  DecryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  KMSServiceException,
  SignCommand,
} from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { kmsSealing } from '../../shared/feedback/token/feedback-keys.store.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { kmsTicketKey } from '../../shared/ticket/ticket-key.store.ts';

/** What becomes of keys that no emulator has: too many calls, a key that is switched off or is to be deleted, KMS itself. */
const FAULTS = [
  'ThrottlingException',
  'DisabledException',
  'KMSInvalidStateException',
  'KMSInternalException',
] as const;

const failing = (name: string) => new KMSServiceException({ name, message: name, $fault: 'client', $metadata: {} });

function mocked() {
  const client = new KMSClient({});
  return { client, kms: mockClient(client) };
}

describe('the root of all secrets', () => {
  const ROOT = { Mac: new Uint8Array(32).fill(7) };

  it.each(FAULTS)(
    'is asked for again after %s: what failed is not remembered, and nothing is made of it',
    async (name) => {
      const { client, kms } = mocked();
      kms.on(GenerateMacCommand).rejectsOnce(failing(name)).resolves(ROOT);
      const secrets = kmsSecrets({ kms: client, secretsKey: 'key' });
      const asked = await Promise.allSettled([secrets.mac('manage-link', 'a'), secrets.mac('recipient', 'b')]);
      expect(asked.map((each) => each.status === 'rejected' && each.reason.name)).toEqual([name, name]);
      expect(kms.commandCalls(GenerateMacCommand)).toHaveLength(1);
      const mac = await secrets.mac('manage-link', 'a');
      expect(mac).toHaveLength(32);
      expect(await secrets.mac('recipient', 'b')).not.toEqual(mac);
      expect(kms.commandCalls(GenerateMacCommand)).toHaveLength(2);
      // The same as where nothing failed.
      const calm = mocked();
      calm.kms.on(GenerateMacCommand).resolves(ROOT);
      expect(await kmsSecrets({ kms: calm.client, secretsKey: 'key' }).mac('manage-link', 'a')).toEqual(mac);
    },
  );

  it('that comes back empty is no root: no link is made of nothing', async () => {
    const { client, kms } = mocked();
    kms.on(GenerateMacCommand).resolvesOnce({}).resolves(ROOT);
    const secrets = kmsSecrets({ kms: client, secretsKey: 'key' });
    await expect(secrets.mac('manage-link', 'a')).rejects.toThrow('without a Mac');
    expect(await secrets.mac('manage-link', 'a')).toHaveLength(32);
  });
});

describe('the key of tickets', () => {
  const PublicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });

  it.each(FAULTS)('after %s is asked for again, and no ticket is signed meanwhile', async (name) => {
    const { client, kms } = mocked();
    kms.on(GetPublicKeyCommand).rejectsOnce(failing(name)).resolves({ PublicKey });
    kms
      .on(SignCommand)
      .rejectsOnce(failing(name))
      .resolves({ Signature: new Uint8Array(64) });
    const key = kmsTicketKey({ kms: client, ticketKey: 'key' });
    await expect(key.id()).rejects.toThrow(name);
    await expect(key.sign(new Uint8Array(3))).rejects.toThrow(name);
    expect(await key.publicKey()).toHaveLength(32);
    expect(await key.id()).toEqual(await key.id());
    expect(kms.commandCalls(GetPublicKeyCommand)).toHaveLength(2);
    expect(await key.sign(new Uint8Array(3))).toHaveLength(64);
  });

  it('signs nothing without saying so', async () => {
    const { client, kms } = mocked();
    kms.on(SignCommand).resolves({});
    kms.on(GetPublicKeyCommand).resolves({});
    const key = kmsTicketKey({ kms: client, ticketKey: 'key' });
    await expect(key.sign(new Uint8Array(3))).rejects.toThrow('without a signature');
    await expect(key.publicKey()).rejects.toThrow('without a key');
  });
});

describe('what a form’s secrets are sealed with', () => {
  it.each([...FAULTS, 'InvalidCiphertextException'])('opens nothing after %s', async (name) => {
    const { client, kms } = mocked();
    kms.on(DecryptCommand).rejects(failing(name));
    const opening = kmsSealing(client, 'key').open(Buffer.alloc(3), { eventId: 'forum', form: 'closing' });
    await expect(opening).rejects.toMatchObject({ name });
    expect(kms.commandCalls(DecryptCommand)).toHaveLength(1);
  });
});
