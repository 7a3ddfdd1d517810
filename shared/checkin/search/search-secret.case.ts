import { createHash, createPublicKey, type KeyObject, scrypt, verify } from 'node:crypto';
import type { Device, Passkey } from '../device/device.schema.ts';

const HASH_BYTES = 32;
/** 16 MB and some 50 ms of one processor, for each code that is tried. */
const COST = { N: 2 ** 14, r: 8, p: 1 };

/**
 * Hash of a desk's six digits, bound to its phone. A million codes are soon tried, so that it is keyed by the secret in the phone's token,
 * which travels with each request and is kept nowhere here: a reader of the table can try none, and the phone's user has no hash.
 *
 * @param secret of the token: 256 bits, base64url
 */
export const searchCodeHash = (
  code: string,
  { eventId, id }: Pick<Device, 'eventId' | 'id'>,
  secret: string,
): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(`${secret} ${code}`, `search ${eventId} ${id}`, HASH_BYTES, COST, (error, hash) =>
      error ? reject(error) : resolve(hash.toString('base64url')),
    );
  });

/** What an authenticator answers, each part base64url (WebAuthn 2, §5.2.2). */
interface Assertion {
  readonly authenticatorData: string;
  readonly clientData: string;
  readonly signature: string;
}

/** Flags of authenticator data (§6.1): a person was there, and the phone made sure that it was they. */
const PRESENT = 0x01;
const VERIFIED = 0x04;
/** SHA-256 of the host, flags, counter. */
const SHORTEST_DATA = 37;
const FLAGS_AT = 32;
const LEAST_RSA_BITS = 2048;

/** Whether a phone's key is of a kind that it is asked for: ES256 or RS256. */
export const isPasskey = ({ publicKey }: Passkey): boolean => keyOf(publicKey) !== undefined;

/**
 * Whether the phone's screen lock was opened for this challenge on this site (WebAuthn 2, §7.2). Total: whatever else is said is not. The
 * counter is not looked at: platform authenticators leave it at nought, and no copy of a key would get past the device's own token.
 *
 * @param origin `https://host`
 */
export function isAssertion(
  passkey: Passkey,
  { challenge, origin }: { readonly challenge: string; readonly origin: string },
  { authenticatorData, clientData, signature }: Assertion,
): boolean {
  const key = keyOf(passkey.publicKey);
  const [data, client] = [Buffer.from(authenticatorData, 'base64url'), Buffer.from(clientData, 'base64url')];
  if (key === undefined || data.length < SHORTEST_DATA) return false;
  const said = parsed(client);
  const isFor = said?.type === 'webauthn.get' && said.challenge === challenge && said.origin === origin;
  const host = sha256(new URL(origin).hostname);
  const flags = data[FLAGS_AT] ?? 0;
  if (!isFor || !data.subarray(0, FLAGS_AT).equals(host) || !(flags & PRESENT) || !(flags & VERIFIED)) return false;
  const signed = Buffer.concat([data, sha256(client)]);
  try {
    return verify('sha256', signed, key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

function keyOf(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    const isTaken =
      key.asymmetricKeyType === 'ec'
        ? namedCurve === 'prime256v1'
        : key.asymmetricKeyType === 'rsa' && modulusLength >= LEAST_RSA_BITS;
    return isTaken ? key : undefined;
  } catch {
    return undefined;
  }
}

function parsed(client: Buffer): Partial<Record<'type' | 'challenge' | 'origin', unknown>> | undefined {
  try {
    const said: unknown = JSON.parse(client.toString());
    return typeof said === 'object' && said !== null ? said : undefined;
  } catch {
    return undefined;
  }
}
