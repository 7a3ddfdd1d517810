import * as z from 'zod';
import { bearerHeaders } from '../../kernel/http/parts.schema.ts';
import { ROLES } from '../../registration/registration.ts';

/** A reference or an address; or of names and organisation whole words, or parts of them of three letters or more. */
export const searchQuery = z.object({ q: z.string().trim().min(1).max(100) });

const UNLOCK = /^(?:code (\d{6})|passkey ([\w-]{1,1000}) ([\w-]{1,2000}) ([\w-]{1,1000}))$/;

/** What opens a search that was locked. */
export type SearchUnlock =
  | { readonly kind: 'code'; readonly code: string }
  | {
      readonly kind: 'passkey';
      readonly authenticatorData: string;
      readonly clientData: string;
      readonly signature: string;
    };

/** `code 123456`, or `passkey` with authenticator data, client data and signature (WebAuthn), each base64url, by spaces. */
export const searchHeaders = z.object({
  ...bearerHeaders.shape,
  'search-unlock': z.string().regex(UNLOCK).optional(),
});

/** @param sent as `searchHeaders` takes it */
export function parseSearchUnlock(sent = ''): SearchUnlock | undefined {
  const [, code, authenticatorData, clientData = '', signature = ''] = UNLOCK.exec(sent) ?? [];
  if (code !== undefined) return { kind: 'code', code };
  return authenticatorData === undefined ? undefined : { kind: 'passkey', authenticatorData, clientData, signature };
}

/** People who fit, the first twenty of them; nobody under 18 for staff who were not vetted but by their reference, and then without a name (CS13). */
export const foundPeople = z.lazy(() =>
  z.strictObject({
    people: z
      .array(
        z.strictObject({
          reference: z.string(),
          /** `ticketHash`, base64url: what a scan calls their ticket. */
          ticket: z.string(),
          isConfirmed: z.boolean(),
          category: z.string(),
          role: z.enum(ROLES),
          mode: z.enum(['in-person', 'online']),
          days: z.array(z.string()).readonly(),
          sessions: z.array(z.string()).readonly(),
          hold: z.enum(['consent', 'chaperone']).optional(),
          name: z.string().optional(),
          organisation: z.string().optional(),
          noPhoto: z.literal(true).optional(),
          askNeeds: z.literal(true).optional(),
          isMinor: z.literal(true).optional(),
          /** Of a minor: who looks after them, as on the badge. */
          chaperone: z.string().optional(),
          /** Of a chaperone: `ticketHash` of those whom they look after, base64url. */
          wards: z.array(z.string()).readonly().optional(),
          /** They have said yes and are vetted: those of these who are scanned just before them leave with them. */
          mayTakeAlong: z.literal(true).optional(),
          /** Mail to them came back: their address is to be asked for. */
          unreached: z.literal(true).optional(),
        }),
      )
      .readonly(),
    /** Whether more fit than are shown. */
    hasMore: z.boolean(),
  }),
);
