import * as z from 'zod';

/** What several routes take. */
export const eventParams = z.object({ eventId: z.string() });
export const linkParams = z.object({ token: z.string() });
export const languageQuery = z.object({ lang: z.string().optional() });
export const bearerHeaders = z.object({ authorization: z.string().optional() });

/** What may be wrong with any body. */
export const UNREADABLE = ['too-large', 'unsupported-media-type', 'malformed-body', 'invalid-input'] as const;
