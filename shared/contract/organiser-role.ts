import * as z from 'zod';
import { ORGANISER_ROLES } from '../domain/organiser-role.ts';
import { once } from '../once.ts';

/** As many countries or organisations as one focal point may answer for. */
const MOST_REACHES = 50;

/** One role and its reach, as organisers give it, as it is stored and as it is shown. */
export const roleGrant = once(() =>
  z.strictObject({
    role: z.enum(ORGANISER_ROLES),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .min(1)
      .max(MOST_REACHES)
      .optional(),
    organisations: z.array(z.string().min(1).max(160)).min(1).max(MOST_REACHES).optional(),
    vettedUntil: z.iso.date().optional(),
  }),
);

/** The caller's own place in an event. */
export const myRoles = z.lazy(() =>
  z.strictObject({
    eventId: z.string(),
    /** Empty for someone whom nobody has invited yet. */
    grants: z.array(roleGrant()).readonly(),
  }),
);
