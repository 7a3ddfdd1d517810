import * as z from 'zod';
import { INVITATION_STATES } from './invitation.ts';

const LONGEST_LABEL = 100;
const LONGEST_NAME = 160;
/** People who may come in with one code. */
const MOST_USES = 1000;

const invitation = () => ({
  /** For whom, in the organiser's words. */
  label: z.string().trim().min(1).max(LONGEST_LABEL),
  /** How many may register with it. */
  uses: z.int().min(1).max(MOST_USES),
  /** ISO 8601 with offset. */
  validUntil: z.iso.datetime({ offset: true }),
  /** Only for this address, group, or organisation. */
  email: z
    .string()
    .max(LONGEST_NAME * 2)
    .optional(),
  category: z.string().optional(),
  organisation: z.string().trim().min(1).max(LONGEST_NAME).optional(),
});

export const newInvitationCode = z.lazy(() => z.strictObject(invitation()));

/** The code is shown this once: only its hash is kept. */
export const madeInvitationCode = z.lazy(() =>
  z.strictObject({
    id: z.string(),
    /** `7K3M-9QX2-AB4D` */
    code: z.string(),
    /** To the form, with the code filled in. */
    link: z.string(),
  }),
);

export const invitationCodes = z.lazy(() =>
  z.strictObject({
    invitations: z.array(
      z.strictObject({ id: z.string(), ...invitation(), used: z.int(), state: z.enum(INVITATION_STATES) }),
    ),
  }),
);
