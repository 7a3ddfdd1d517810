import * as z from 'zod';

/** What a registration should say from now on: what is left out stays, an empty text takes away. Shape only. */
export const amendment = z.lazy(() =>
  z
    .strictObject({
      honorific: z.string(),
      fullName: z.string(),
      badgeName: z.string(),
      nativeName: z.string(),
      position: z.string(),
      organisation: z.string(),
      country: z.string(),
      category: z.string(),
      mode: z.string(),
      days: z.array(z.string()),
      sessions: z.array(z.string()),
      closedSessions: z.boolean(),
      language: z.string(),
      /** By question: only those that change. */
      answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
      /** Consent id to the version that was shown: all that are given. */
      consents: z.record(z.string(), z.string()),
    })
    .partial(),
);

export type Amendment = z.output<typeof amendment>;
