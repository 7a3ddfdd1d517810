/** Of a challenge of ALTCHA, version 2, with PBKDF2. Bytes are hexadecimal. */
export interface Work {
  readonly nonce: string;
  readonly salt: string;
  readonly cost: number;
  readonly keyLength: number;
  readonly keyPrefix: string;
}

export interface Solution {
  readonly counter: number;
  readonly derivedKey: string;
}

/**
 * Counts up until the key derived from nonce and counter begins as it should. The browser derives beside the page,
 * which stays alive meanwhile.
 */
export async function solveChallenge(work: Work): Promise<Solution> {
  const nonce = fromHex(work.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const view = new DataView(password.buffer);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(work.salt), iterations: work.cost };
  for (let counter = 0; ; counter += 1) {
    view.setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const derivedKey = toHex(new Uint8Array(await crypto.subtle.deriveBits(derivation, key, work.keyLength * 8)));
    if (derivedKey.startsWith(work.keyPrefix)) return { counter, derivedKey };
  }
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  return bytes.map((_, index) => Number.parseInt(text.slice(2 * index, 2 * index + 2), 16));
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
