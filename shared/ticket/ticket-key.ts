/** Tells whether an Ed25519 signature of a message is genuine. */
export type VerifySignature = (message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** The keys a ticket may be signed with, by key id in hex: what a device trusts. */
export type TicketKeys = ReadonlyMap<string, VerifySignature>;

export const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
/** What stands before the 32 bytes of every Ed25519 key in DER SubjectPublicKeyInfo (RFC 8410). */
const SPKI_PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

/** What a ticket says its key is: the first 4 bytes of SHA-256 of the raw public key. */
export async function ticketKeyId(publicKey: Uint8Array): Promise<Uint8Array> {
  return (await sha256(publicKey)).subarray(0, KEY_ID_BYTES);
}

/** The raw 32 bytes of a public key as KMS's `GetPublicKey` gives it. @throws RangeError for any other kind of key */
export function rawPublicKey(spki: Uint8Array): Uint8Array {
  const isEd25519 =
    spki.length === SPKI_PREFIX.length + PUBLIC_KEY_BYTES && SPKI_PREFIX.every((byte, index) => spki[index] === byte);
  if (!isEd25519) throw new RangeError('not an Ed25519 public key');
  return spki.slice(SPKI_PREFIX.length);
}

/** The trusted keys, from raw public keys, verified by WebCrypto; browsers without Ed25519 bring a verifier of their own. */
export async function trustedKeys(publicKeys: readonly Uint8Array[]): Promise<TicketKeys> {
  return new Map(
    await Promise.all(publicKeys.map(async (key) => [hex(await ticketKeyId(key)), await webVerifier(key)] as const)),
  );
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}

async function webVerifier(publicKey: Uint8Array): Promise<VerifySignature> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  return (message, signature) =>
    crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
}
