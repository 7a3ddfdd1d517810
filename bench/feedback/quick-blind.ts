import { constants, createHash, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';

/* What a browser does, a hundred times as fast as in plain JavaScript, so that one machine can be five thousand people. RFC 9474, 4.2 and 4.4. */

const BYTES = 256;
const HASH_BYTES = 48;
const SALT_BYTES = 48;

/** @param spki DER */
export function quickBlind(spki: Buffer, message: Buffer) {
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const { n = '' } = key.export({ format: 'jwk' });
  const modulus = number(Buffer.from(n, 'base64url'));
  const factor = number(randomBytes(BYTES)) % modulus;
  const raised = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, bytes(factor));
  return {
    blinded: bytes((number(encoded(message)) * number(raised)) % modulus),
    finish: (signed: Buffer): Buffer => bytes((number(signed) * inverse(factor, modulus)) % modulus),
  };
}

/** EMSA-PSS of RFC 8017, 9.1.1. */
function encoded(message: Buffer): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const hash = sha(Buffer.concat([Buffer.alloc(8), sha(message), salt]));
  const block = Buffer.concat([Buffer.alloc(BYTES - SALT_BYTES - HASH_BYTES - 2), Buffer.of(1), salt]);
  const mask = maskOf(hash, block.length);
  const masked = block.map((byte, index) => byte ^ (mask[index] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return Buffer.concat([masked, hash, Buffer.of(0xbc)]);
}

/** MGF1. */
function maskOf(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, index) =>
    sha(Buffer.concat([seed, Buffer.of(0, 0, 0, index)])),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

const sha = (of: Buffer): Buffer => createHash('sha384').update(of).digest();
const number = (of: Uint8Array): bigint => BigInt(`0x${Buffer.from(of).toString('hex')}`);
const bytes = (of: bigint): Buffer => Buffer.from(of.toString(16).padStart(2 * BYTES, '0'), 'hex');

/** By Euclid. */
function inverse(of: bigint, modulus: bigint): bigint {
  let [r, s, x, y] = [of, modulus, 1n, 0n];
  while (s > 0n) {
    const times = r / s;
    [r, s, x, y] = [s, r - times * s, y, x - times * y];
  }
  return ((x % modulus) + modulus) % modulus;
}
