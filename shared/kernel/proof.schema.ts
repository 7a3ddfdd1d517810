import * as z from 'zod';
import { once } from './once.ts';

const challenge = once(() =>
  z.strictObject({
    parameters: z.strictObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      /** Hexadecimal, like all bytes here. */
      nonce: z.string().max(64),
      salt: z.string().max(64),
      /** Iterations of one derivation. */
      cost: z.int(),
      /** Bytes. */
      keyLength: z.int(),
      keyPrefix: z.string().max(64),
      keySignature: z.string().max(64),
      /** Epoch seconds. */
      expiresAt: z.int(),
      data: z.strictObject({ event: z.string().max(40) }),
    }),
    signature: z.string().max(64),
  }),
);

/** Work to be done before a form is taken while an event is under attack: a challenge of ALTCHA, version 2. */
export const proofChallenge = z.lazy(challenge);

export type ProofChallenge = z.infer<typeof proofChallenge>;

/** What a solved challenge comes back as: base64 of the JSON of `{ challenge, solution }`. */
export const proofText = z.string().max(2000);

/** In a form, of a browser that runs no scripts: it cannot solve anything, and what it sends takes effect by a mailed link. */
export const byMail = () => z.tuple([z.literal('yes')]).optional();

/** A proof, decoded. */
export const solvedChallenge = z.lazy(() =>
  z.strictObject({
    challenge: challenge(),
    solution: z.strictObject({
      counter: z.int().nonnegative(),
      derivedKey: z.string().max(128),
      /** Milliseconds, for the curious. */
      time: z.number().optional(),
    }),
  }),
);
