import * as z from 'zod';

/** What opens a desk's search, sent along with the next one. */
export const searchLock = z.lazy(() =>
  z.strictObject({
    /** How many wrong codes it still takes until the phone is to be let in anew. */
    triesLeft: z.int(),
    /** Where the phone has one: its credential, and what that is to sign, both base64url. */
    passkey: z.strictObject({ id: z.string(), challenge: z.string() }).optional(),
  }),
);

export type SearchLockView = z.output<typeof searchLock>;
