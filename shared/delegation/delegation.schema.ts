import * as z from 'zod';
import { byMail, proofText } from '../kernel/proof.schema.ts';

/** Asks for the link of a delegation. */
export const delegationStart = z.lazy(() =>
  z.strictObject({
    email: z.tuple([z.string()]),
    language: z.tuple([z.string()]),
    proof: z.tuple([proofText]).optional(),
    byMail: byMail(),
  }),
);

/** What the buttons of a delegation's page do; what cannot be undone is confirmed by a box beside it. */
export const pressedOnDelegation = z.lazy(() =>
  z.strictObject({
    action: z.tuple([z.enum(['send-again', 'replace-link', 'resume-mail', 'erase'])]),
    confirm: z.tuple([z.literal('yes')]).optional(),
  }),
);

/** What the buttons beside one person of a delegation do. */
export const PERSON_ACTIONS = ['send-again', 'cancel', 'undo-cancel'] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** Which of them was pressed, and which revision of the registration was looked at, where the coordinator sees it. */
export const pressedOnPerson = z.lazy(() =>
  z.strictObject({
    action: z.tuple([z.enum(PERSON_ACTIONS)]),
    revision: z.tuple([z.string().regex(/^\d{1,9}$/)]).optional(),
  }),
);
