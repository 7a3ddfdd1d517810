import * as z from 'zod';

/** What the console needs to sign a person in (OpenID Connect, code flow with PKCE, no client secret). */
export const consoleConfig = z.lazy(() =>
  z.strictObject({
    /** Its `/.well-known/openid-configuration` names every other address. */
    issuer: z.string(),
    clientId: z.string(),
    /** Separated by spaces. */
    scope: z.string(),
  }),
);

export type ConsoleConfig = z.infer<typeof consoleConfig>;
