import { createHmac } from 'node:crypto';
import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { type FormOf, type PassGroup, SEALED } from './pass.ts';

/** What signs the tokens of one form, and names those who were given one. */
export interface FormSecrets {
  /** DER, PKCS #8. */
  readonly privateKeys: Readonly<Record<PassGroup, Buffer>>;
  /** 32 random bytes: the key of what stands for people (`nameOf`). */
  readonly names: Buffer;
}

/** Encrypts under a key that never leaves KMS: who may not use it can do nothing with what lies in the table. */
export interface FormSealing {
  readonly seal: (secrets: FormSecrets, of: FormOf) => Promise<Buffer>;
  /** @throws InvalidCiphertextException where it was sealed for another form, or changed since */
  readonly open: (sealed: Buffer, of: FormOf) => Promise<FormSecrets>;
}

/** What is encrypted, as JSON with bytes in base64url: 3,350 bytes at the most, where KMS takes 4,096. */
const opened = once(() => z.object({ adult: z.string(), young: z.string(), names: z.string() }));

export function kmsSealing(kms: KMSClient, KeyId: string): FormSealing {
  // KMS opens it with the same words only: moved to another form it is of no use. They are no secret.
  const contextOf = ({ eventId, form }: FormOf) => ({ what: SEALED.formKeys, event: eventId, form });
  return {
    async seal({ privateKeys, names }, of) {
      const texts = Object.entries({ ...privateKeys, names }).map(([name, bytes]) => [name, toText(bytes)]);
      const Plaintext = Buffer.from(JSON.stringify(Object.fromEntries(texts)));
      const encrypt = new EncryptCommand({ KeyId, Plaintext, EncryptionContext: contextOf(of) });
      const { CiphertextBlob } = await kms.send(encrypt);
      if (CiphertextBlob === undefined) throw new Error('KMS answered Encrypt without a ciphertext');
      return Buffer.from(CiphertextBlob);
    },
    async open(sealed, of) {
      const decrypt = new DecryptCommand({ KeyId, CiphertextBlob: sealed, EncryptionContext: contextOf(of) });
      const { Plaintext } = await kms.send(decrypt);
      if (Plaintext === undefined) throw new Error('KMS answered Decrypt without a plaintext');
      const { adult, young, names } = opened().parse(JSON.parse(Buffer.from(Plaintext).toString()));
      return { privateKeys: { adult: fromText(adult), young: fromText(young) }, names: fromText(names) };
    },
  };
}

/** What a name is for: no name can serve for another purpose. */
type NamePurpose = 'issued' | 'answered-here';

/** 32 bytes that stand for an attendee, of whom they tell nothing without the form's secrets. @param who names one person */
export const nameOf = ({ names }: Pick<FormSecrets, 'names'>, purpose: NamePurpose, who: string): Buffer =>
  createHmac('sha256', names).update(`${purpose}|${who}`).digest();

const toText = (bytes: Buffer): string => bytes.toString('base64url');
const fromText = (text: string): Buffer => Buffer.from(text, 'base64url');
