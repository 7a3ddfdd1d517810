import { randomBytes, webcrypto } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import {
  type BlindKeyPair,
  blindSign,
  isSigned,
  makeBlindKeyPair,
} from '../../shared/feedback/token/blind-signature.store.ts';

/** So many tokens are taken, and each looked at beside what was signed for each: 10,000 pairs. */
const PEOPLE = 100;
const RUNS = PEOPLE ** 2;

/** What the server saw of one person when it signed, and later of one who answered. */
interface Seen {
  readonly blinded: bigint;
  readonly signed: bigint;
  readonly signature: bigint;
  readonly message: Uint8Array;
}

let pair: BlindKeyPair;
let modulus: bigint;
let exponent: bigint;
let seen: readonly Seen[];
beforeAll(async () => {
  const suite = RSABSSA.SHA384.PSS.Deterministic();
  pair = await makeBlindKeyPair();
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  const key = await webcrypto.subtle.importKey('spki', pair.publicKey, algorithm, true, ['verify']);
  const { n = '', e = '' } = await webcrypto.subtle.exportKey('jwk', key);
  [modulus, exponent] = [number(Buffer.from(n, 'base64url')), number(Buffer.from(e, 'base64url'))];
  const one = async (): Promise<Seen> => {
    const message = new Uint8Array(randomBytes(32));
    const { blindedMsg, inv } = await suite.blind(key, message);
    const signed = blindSign(pair.privateKey, blindedMsg);
    if (signed === undefined) throw new Error('not signed');
    const signature = await suite.finalize(key, message, signed, inv);
    return { blinded: number(blindedMsg), signed: number(signed), signature: number(signature), message };
  };
  const all: Seen[] = [];
  for (let each = 0; each < PEOPLE; each += 1) all.push(await one());
  seen = all;
}, 120_000);

it(`each of ${RUNS} pairs of what was signed and what was sent fits: of all who were signed for, anybody may have sent it`, () => {
  const sent = seen.map(({ signature }) => ({
    inverted: inverse(signature, modulus),
    encoded: power(signature, exponent),
  }));
  let pairs = 0;
  for (const { blinded, signed } of seen) {
    for (const { inverted, encoded } of sent) {
      // The number with which that person would have blinded this very message: there is always exactly one.
      const factor = (signed * inverted) % modulus;
      const isPossible = (encoded * power(factor, exponent)) % modulus === blinded && factor !== 0n;
      if (!isPossible) throw new Error('what was signed for one cannot have become what another sent');
      pairs += 1;
    }
  }
  expect(pairs).toBe(RUNS);
}, 120_000);

it('nothing that was sent has anything of what was signed for the same person in it', () => {
  for (const { blinded, signed, signature, message } of seen) {
    expect(new Set([blinded, signed, signature, number(message)]).size).toBe(4);
  }
});

it(`no signature is good for another message, nor a product of some for any, in ${RUNS} runs`, () => {
  const person = fc.integer({ min: 0, max: PEOPLE - 1 });
  const of = (index: number) => seen[index] as Seen;
  fc.assert(
    fc.property(person, person, fc.uint8Array({ minLength: 32, maxLength: 32 }), (one, other, message) => {
      const product = (of(one).signature * of(other).signature) % modulus;
      expect(isSigned(pair.publicKey, message, bytes(product))).toBe(false);
      expect(isSigned(pair.publicKey, of(one).message, bytes(product))).toBe(false);
      expect(isSigned(pair.publicKey, of(one).message, bytes(of(other).signature))).toBe(one === other);
    }),
    { numRuns: RUNS },
  );
}, 120_000);

const number = (of: Uint8Array): bigint => BigInt(`0x${Buffer.from(of).toString('hex')}`);
const bytes = (of: bigint): Buffer => Buffer.from(of.toString(16).padStart(512, '0'), 'hex');

function power(base: bigint, to: bigint): bigint {
  let result = 1n;
  for (let [square, left] = [base, to]; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** By Euclid. */
function inverse(of: bigint, mod: bigint): bigint {
  let [r, s, x, y] = [of, mod, 1n, 0n];
  while (s > 0n) {
    const q = r / s;
    [r, s, x, y] = [s, r - q * s, y, x - q * y];
  }
  return ((x % mod) + mod) % mod;
}
