import * as z from 'zod';
import { invitationKey } from '../../kernel/dynamo/keys.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import type { Invitation } from './invitation.ts';

export const storedInvitation = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    codeHash: z.string(),
    label: z.string(),
    uses: z.int(),
    used: z.int(),
    validUntil: z.string(),
    revoked: z.boolean(),
    email: z.string().optional(),
    category: z.string().optional(),
    organisation: z.string().optional(),
  }),
);

export const INVITATION_USES = {
  v: ['impersonal', 'event'],
  eventId: ['impersonal', 'event'],
  codeHash: ['impersonal', 'event'],
  label: ['place', 'event'],
  uses: ['impersonal', 'event'],
  used: ['impersonal', 'event'],
  validUntil: ['impersonal', 'event'],
  revoked: ['impersonal', 'event'],
  email: ['contact', 'event'],
  category: ['place', 'event'],
  organisation: ['place', 'event'],
} as const satisfies UsesOf<typeof storedInvitation>;

/** @param expiresAt epoch seconds after which the table forgets it: long after it is no longer valid, so that it can be said why */
export const toInvitationItem = (invitation: Invitation, expiresAt: number) => ({
  ...invitationKey(invitation.eventId, invitation.codeHash),
  v: 1,
  ...invitation,
  expiresAt,
});

export function fromInvitationItem(item: Record<string, unknown>): Invitation {
  const { v: _, ...invitation } = storedInvitation().parse(item);
  return invitation;
}
