import * as z from 'zod';
import { ROLES } from '../../registration/registration.ts';

/** Badges of one answer: as many as a printer takes at once, and few enough for a page of a browser. */
export const BADGES_A_PAGE = 500;

/** Of whom badges are wanted. */
export const badgeSearch = z.object({
  /** Id of a stakeholder group. */
  category: z.string().max(100).optional(),
  /** One person's alone; the only way to one of a minor (CS16). */
  reference: z.string().max(20).optional(),
  /** `next` of the page before. */
  after: z.string().max(200).optional(),
});

export const badges = z.lazy(() =>
  z.strictObject({
    badges: z
      .array(
        z.strictObject({
          reference: z.string(),
          /** The ticket's id, 20 characters: what the badge's QR code says. */
          code: z.string(),
          name: z.string(),
          nativeName: z.string().optional(),
          honorific: z.string().optional(),
          position: z.string().optional(),
          organisation: z.string().optional(),
          country: z.string().optional(),
          category: z.string().optional(),
          role: z.enum(ROLES).exclude(['attendee']).optional(),
          noPhoto: z.literal(true).optional(),
        }),
      )
      .readonly(),
    /** All that fit, on every page. */
    total: z.int(),
    next: z.string().optional(),
  }),
);
