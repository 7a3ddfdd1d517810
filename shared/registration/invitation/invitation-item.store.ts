import * as z from 'zod';
import { invitationKey } from '../../kernel/dynamo/keys.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { Invitation } from './invitation.ts';

export const storedInvitation = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  eventId: field(z.string(), 'impersonal', 'event'),
  codeHash: field(z.string(), 'impersonal', 'event'),
  label: field(z.string(), 'place', 'event'),
  uses: field(z.int(), 'impersonal', 'event'),
  used: field(z.int(), 'impersonal', 'event'),
  validUntil: field(z.string(), 'impersonal', 'event'),
  revoked: field(z.boolean(), 'impersonal', 'event'),
  email: field(z.string().optional(), 'contact', 'event'),
  category: field(z.string().optional(), 'place', 'event'),
  organisation: field(z.string().optional(), 'place', 'event'),
}));

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
