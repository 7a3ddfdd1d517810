import { randomBytes, webcrypto } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type BlindKeyPair,
  blindSign,
  isSigned,
  makeBlindKeyPair,
  SIGNATURE_BYTES,
} from '../../shared/feedback/token/blind-signature.store.ts';

/** What a browser does, by a library that knows nothing of ours. */
const suite = RSABSSA.SHA384.PSS.Deterministic();
const keyOf = ({ publicKey }: BlindKeyPair) =>
  webcrypto.subtle.importKey('spki', publicKey, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);

let pair: BlindKeyPair;
let other: BlindKeyPair;
let key: webcrypto.CryptoKey;
beforeAll(async () => {
  [pair, other] = await Promise.all([makeBlindKeyPair(), makeBlindKeyPair()]);
  key = await keyOf(pair);
});

async function token(message: Uint8Array) {
  const { blindedMsg, inv } = await suite.blind(key, message);
  const signed = blindSign(pair.privateKey, blindedMsg);
  if (signed === undefined) throw new Error('not signed');
  return { blinded: blindedMsg, signed, signature: await suite.finalize(key, message, signed, inv) };
}

describe('a blind signature', () => {
  it('is good for the message that was blinded, and says nothing of it', async () => {
    const message = randomBytes(32);
    const { blinded, signed, signature } = await token(message);
    expect(isSigned(pair.publicKey, message, signature)).toBe(true);
    expect(Buffer.from(blinded).includes(message)).toBe(false);
    expect(Buffer.from(signature)).not.toEqual(signed);
    // Blinded anew, the same message looks like another one.
    expect((await token(message)).blinded).not.toEqual(blinded);
  });

  it('is the same for the same blinded message', async () => {
    const { blinded, signed } = await token(randomBytes(32));
    expect(blindSign(pair.privateKey, blinded)).toEqual(signed);
  });

  it('is good for no other message, no other key, and not altered', async () => {
    const message = randomBytes(32);
    const { signature } = await token(message);
    expect(isSigned(other.publicKey, message, signature)).toBe(false);
    const altered = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
    fc.assert(
      fc.property(fc.nat({ max: 31 }), fc.nat({ max: SIGNATURE_BYTES - 1 }), (inMessage, inSignature) => {
        expect(isSigned(pair.publicKey, altered(message, inMessage), signature)).toBe(false);
        expect(isSigned(pair.publicKey, message, altered(signature, inSignature))).toBe(false);
      }),
    );
  });

  it('is never made up, of whatever bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: SIGNATURE_BYTES + 1 }), (bytes) => {
        expect(isSigned(pair.publicKey, new Uint8Array(32), bytes)).toBe(false);
      }),
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['too little', new Uint8Array(SIGNATURE_BYTES - 1)],
    ['too much', new Uint8Array(SIGNATURE_BYTES + 1)],
    ['more than the modulus', new Uint8Array(SIGNATURE_BYTES).fill(255)],
  ])('is refused for %s', (_, blinded) => {
    expect(blindSign(pair.privateKey, blinded)).toBeUndefined();
  });
});
