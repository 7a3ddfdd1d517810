import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../event/attendee.ts';

/** How the canary's registration stands; nothing where there is none. */
export const canaryState = z.lazy(() =>
  z.strictObject({
    status: z.enum(REGISTRATION_STATUSES).optional(),
    /** What became of its mail, once SES told; `delivered` where it arrived. */
    mail: z.string().optional(),
  }),
);

export const canaryErased = z.lazy(() => z.strictObject({ wasThere: z.boolean() }));
