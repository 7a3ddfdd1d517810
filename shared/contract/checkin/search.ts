import * as z from 'zod';
import { ROLES } from '../../domain/registration.ts';

/** A name, an organisation or a reference, or the beginning of any word of them. */
export const searchQuery = z.object({ q: z.string().trim().min(2).max(100) });

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
          /** Of somebody under 18: who looks after them, as on the badge. */
          chaperone: z.string().optional(),
          /** Of a chaperone: `ticketHash` of those whom they look after, base64url. */
          wards: z.array(z.string()).readonly().optional(),
          /** Mail to them came back: their address is to be asked for. */
          unreached: z.literal(true).optional(),
        }),
      )
      .readonly(),
    /** Whether more fit than are shown. */
    hasMore: z.boolean(),
  }),
);
