import * as z from 'zod';

/** 256 bits, base64url. */
const secret = () => z.string().regex(/^[\w-]{43}$/);

/** A key that the phone's own screen lock guards (WebAuthn): of the credential its id, and its key as SubjectPublicKeyInfo, both base64url. */
const passkey = () =>
  z.strictObject({ id: z.string().regex(/^[\w-]{1,1400}$/), publicKey: z.string().regex(/^[\w-]{1,800}$/) });

/** A code that was scanned, and a secret of the phone's own: it may ask again with both where an answer was lost. */
export const enrolment = z.lazy(() =>
  z.strictObject({
    code: secret(),
    secret: secret(),
    /** Six digits that the phone made and shows once: they open search on a desk's phone (AU10). */
    searchCode: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    /** Of a desk's phone that asks again within ten minutes: opens its search too. */
    passkey: passkey().optional(),
  }),
);

/** What a device may do, as it is now. */
export const deviceTerms = () =>
  z.strictObject({
    eventId: z.string(),
    id: z.string(),
    name: z.string(),
    /** Ids of the lists that it may scan for. */
    lists: z.array(z.string()).readonly(),
    maySearch: z.boolean(),
    /** Whether it is shown names of people under 18 (CS13). */
    isVetted: z.boolean(),
    /** From when on it does no more than bring in what it scanned before: epoch milliseconds. */
    endsAt: z.int(),
  });

/** The token is what opens the device's routes: `Authorization: Bearer`. */
export const enrolledDevice = z.lazy(() => z.strictObject({ token: z.string(), device: deviceTerms() }));
