import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { System } from '../system.ts';
import type { Secrets } from './secrets.ts';

/** Whose keys they are. */
export interface BlindKeyOf {
  readonly eventId: string;
  readonly form: string;
  readonly group: string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a private key with one that KMS gives to those functions alone that may ask for it; each form has its own. */
export async function sealBlindKey(
  privateKey: Buffer,
  of: BlindKeyOf,
  { secrets, system }: { readonly secrets: Secrets; readonly system: Pick<System, 'random'> },
): Promise<Buffer> {
  const nonce = system.random(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, await keyOf(of, secrets), nonce);
  return Buffer.concat([nonce, cipher.update(privateKey), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error where it was sealed for another form or group, or changed since */
export async function openBlindKey(sealed: Buffer, of: BlindKeyOf, secrets: Secrets): Promise<Buffer> {
  const [nonce, body, tag] = [
    sealed.subarray(0, NONCE_BYTES),
    sealed.subarray(NONCE_BYTES, -TAG_BYTES),
    sealed.subarray(-TAG_BYTES),
  ];
  const decipher = createDecipheriv(CIPHER, await keyOf(of, secrets), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

const keyOf = ({ eventId, form, group }: BlindKeyOf, secrets: Secrets): Promise<Buffer> =>
  secrets.mac('feedback-key', `${eventId}|${form}|${group}`);
