import { createHmac } from 'node:crypto';
import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { type ItemKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { FEEDBACK_KEYS_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { once } from '../../kernel/once.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { type FormOf, type PassGroup, SEALED } from './pass.ts';

/** 1 had an item for each group. */
const KEYS_VERSION = 2;

/** The keys that sign the tokens of one form. They are made once, and never change. */
export const storedFeedbackKeys = stored(() => ({
  v: field(z.literal(KEYS_VERSION), 'impersonal', 'event'),
  /** DER, SPKI, base64url. */
  publicKeys: field(z.object({ adult: z.string(), young: z.string() }), 'impersonal', 'event'),
  /** `FormSecrets`, as `FormSealing` sealed them, base64url. */
  sealed: field(z.string(), 'impersonal', 'event'),
}));

export interface FeedbackKeys {
  /** DER, SPKI. */
  readonly publicKeys: Readonly<Record<PassGroup, Buffer>>;
  readonly sealed: Buffer;
}

const feedbackKeysKey = ({ eventId, form }: FormOf): ItemKey => ({
  pk: `${FEEDBACK_KEYS_PREFIX}${eventId}#${form}`,
  sk: 'KEYS',
});

/** `undefined` until they are made. @throws ZodError when the table holds something else */
export async function readFeedbackKeys(
  client: DocumentClient,
  table: string,
  of: FormOf,
): Promise<FeedbackKeys | undefined> {
  const item = await readItem(client, table, feedbackKeysKey(of));
  if (item === undefined) return undefined;
  const { publicKeys, sealed } = storedFeedbackKeys().parse(item);
  const { adult, young } = publicKeys;
  return { publicKeys: { adult: fromText(adult), young: fromText(young) }, sealed: fromText(sealed) };
}

/** Refused where there are keys already. @param expiresAt epoch seconds */
export const putFeedbackKeys = (
  table: string,
  of: FormOf,
  { publicKeys: { adult, young }, sealed }: FeedbackKeys,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...{ ...feedbackKeysKey(of), v: KEYS_VERSION, expiresAt },
      publicKeys: { adult: toText(adult), young: toText(young) },
      sealed: toText(sealed),
    },
    ConditionExpression: NOT_THERE,
  },
});

const toText = (bytes: Buffer): string => bytes.toString('base64url');
const fromText = (text: string): Buffer => Buffer.from(text, 'base64url');

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
