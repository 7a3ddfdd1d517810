import { createCipheriv, createDecipheriv } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { System } from '../../kernel/system.store.ts';
import { type FormOf, SEALED } from '../token/pass.ts';

/** Locks what was answered away, so that a reader of the table learns nothing of it, its length included. */
export interface AnswerSealing {
  /** @param value as JSON @param room bytes that it is filled up to, or to a multiple: all that is sealed with the same room looks alike */
  readonly seal: (value: unknown, of: FormOf, room: number) => Promise<Uint8Array>;
  /** @throws Error where it was sealed for another form, or changed since */
  readonly open: (sealed: Uint8Array, of: FormOf) => Promise<unknown>;
}

/** One that locks and cannot open. */
export type AnswerSeal = Pick<AnswerSealing, 'seal'>;

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D: 96 random bits, for no more than 2^32 messages under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Before what is sealed: how long its key is under KMS. */
const LENGTH_BYTES = 2;
/** Before the value: how long it is without what fills it up. */
const SIZE_BYTES = 4;

const EncryptionContext = { what: SEALED.answers };

interface OwnKey {
  readonly key: Buffer;
  /** As KMS encrypted it. */
  readonly encrypted: Buffer;
}

/**
 * Each instance of a function seals with a key of its own, which it has KMS encrypt once and puts beside whatever it seals: only who may
 * have KMS decrypt it can open that, and taking an answer waits for no KMS.
 */
export function kmsAnswerSealing(kms: KMSClient, KeyId: string, { random }: Pick<System, 'random'>): AnswerSealing {
  let own: Promise<OwnKey> | undefined;
  const opened = new Map<string, Promise<Buffer>>();

  function ownKey(): Promise<OwnKey> {
    if (own !== undefined) return own;
    const made = makeKey();
    made.catch(() => {
      own = undefined;
    });
    own = made;
    return made;
  }

  async function makeKey(): Promise<OwnKey> {
    const key = Buffer.from(random(KEY_BYTES));
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: key, EncryptionContext }));
    if (CiphertextBlob === undefined) throw new Error('KMS answered Encrypt without a ciphertext');
    return { key, encrypted: Buffer.from(CiphertextBlob) };
  }

  function keyIn(encrypted: Buffer): Promise<Buffer> {
    const name = encrypted.toString('base64');
    const before = opened.get(name);
    if (before !== undefined) return before;
    const key = decrypt(encrypted);
    opened.set(name, key);
    key.catch(() => opened.delete(name));
    return key;
  }

  async function decrypt(encrypted: Buffer): Promise<Buffer> {
    const { Plaintext } = await kms.send(new DecryptCommand({ KeyId, CiphertextBlob: encrypted, EncryptionContext }));
    if (Plaintext === undefined) throw new Error('KMS answered Decrypt without a plaintext');
    return Buffer.from(Plaintext);
  }

  return {
    async seal(value, of, room) {
      const { key, encrypted } = await ownKey();
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(nameOf(of));
      const locked = Buffer.concat([cipher.update(filledUp(value, room)), cipher.final()]);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(encrypted.length);
      return Buffer.concat([length, encrypted, nonce, cipher.getAuthTag(), locked]);
    },
    async open(sealed, of) {
      const bytes = Buffer.from(sealed);
      const [, encrypted, nonce, tag, locked] = parts(bytes, [
        LENGTH_BYTES,
        bytes.readUInt16BE(),
        NONCE_BYTES,
        TAG_BYTES,
        bytes.length,
      ]);
      const decipher = createDecipheriv(CIPHER, await keyIn(encrypted), nonce, { authTagLength: TAG_BYTES })
        .setAAD(nameOf(of))
        .setAuthTag(tag);
      const filled = Buffer.concat([decipher.update(locked), decipher.final()]);
      const size = filled.readUInt32BE();
      return JSON.parse(inflateRawSync(filled.subarray(SIZE_BYTES, SIZE_BYTES + size)).toString());
    },
  };
}

/** What is sealed for one form cannot be opened as that of another. */
const nameOf = ({ eventId, form }: FormOf): Buffer => Buffer.from(JSON.stringify([eventId, form]));

/** Made shorter first: letters of three bytes take the room of one, and what no answer needs of its room is nobody's to see. */
function filledUp(value: unknown, room: number): Buffer {
  const packed = deflateRawSync(JSON.stringify(value));
  const filled = Buffer.alloc(Math.ceil((SIZE_BYTES + packed.length) / room) * room);
  filled.writeUInt32BE(packed.length);
  packed.copy(filled, SIZE_BYTES);
  return filled;
}

type Five = [Buffer, Buffer, Buffer, Buffer, Buffer];

/** Parts that follow one another, by how many bytes each has; the last has what is left. */
function parts(bytes: Buffer, sizes: readonly [number, number, number, number, number]): Five {
  let from = 0;
  return sizes.map((size) => {
    const part = bytes.subarray(from, from + size);
    from += size;
    return part;
  }) as Five;
}
