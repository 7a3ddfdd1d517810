import * as z from 'zod';
import { invitationKey } from '../../kernel/dynamo/keys.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';

/** A code that lets its holder in without approval. */
export const storedInvitation = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'event'),
  eventId: field(z.string(), 'impersonal', 'event'),
  /** Hash of the code: the code itself is known only to those who were invited. */
  codeHash: field(z.string(), 'impersonal', 'event'),
  /** For whom, in the organiser's words. */
  label: field(z.string(), 'place', 'event'),
  /** How many may register with it. */
  uses: field(z.int(), 'impersonal', 'event'),
  used: field(z.int(), 'impersonal', 'event'),
  /** ISO 8601. */
  validUntil: field(z.string(), 'impersonal', 'event'),
  revoked: field(z.boolean(), 'impersonal', 'event'),
  /** Only for this address, category, or organisation. */
  email: field(z.string().optional(), 'contact', 'event'),
  category: field(z.string().optional(), 'place', 'event'),
  organisation: field(z.string().optional(), 'place', 'event'),
}));
export interface Invitation extends Omit<Output<typeof storedInvitation>, 'v'> {}

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
