import * as z from 'zod';

/** The public keys that tickets are verified with: a JWK set (RFC 7517) of Ed25519 keys (RFC 8037). */
export const ticketKeys = z.lazy(() =>
  z.strictObject({
    keys: z
      .array(
        z.strictObject({
          kty: z.literal('OKP'),
          crv: z.literal('Ed25519'),
          alg: z.literal('EdDSA'),
          use: z.literal('sig'),
          /** What a ticket calls its key: the first 4 bytes of SHA-256 of the 32 bytes, in hex. */
          kid: z.string().regex(/^[0-9a-f]{8}$/),
          /** The 32 bytes, base64url. */
          x: z.string().regex(/^[\w-]{43}$/),
        }),
      )
      .readonly(),
  }),
);
