import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import type { Kept } from './kept.ts';

/** As `blind-signature.ts` signs: what is signed is random already. */
const SUITE = RSABSSA.SHA384.PSS.Deterministic();
const MESSAGE_BYTES = 32;

/** A new message and what is to be signed of it, which says nothing of it to whoever signs. @param publicKey SPKI, base64url */
export async function blindNew(publicKey: string): Promise<Pick<Kept, 'message' | 'blinded' | 'inverse'>> {
  const message = crypto.getRandomValues(new Uint8Array(MESSAGE_BYTES));
  const { blindedMsg, inv } = await SUITE.blind(await keyOf(publicKey), message);
  return { message: toBase64Url(message), blinded: toBase64Url(blindedMsg), inverse: toBase64Url(inv) };
}

/**
 * The signature of the message itself, of which nobody can tell from which blinded one it came.
 *
 * @param signed what the server made of the blinded one
 * @throws Error where it is not good: then it would not be taken either
 */
export async function unblind({ publicKey, message, inverse }: Kept, signed: string): Promise<string> {
  const [text, signature, unblinding] = [message, signed, inverse].map(fromBase64Url) as [Bytes, Bytes, Bytes];
  return toBase64Url(await SUITE.finalize(await keyOf(publicKey), text, signature, unblinding));
}

type Bytes = Uint8Array<ArrayBuffer>;

const keyOf = (publicKey: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', fromBase64Url(publicKey), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
