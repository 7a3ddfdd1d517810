import { addressIdentity } from '../../kernel/text/email-address.ts';
import { organisationGroup } from '../../kernel/text/text.ts';
import type { Application } from '../registration.schema.ts';
import type { Invitation } from './invitation-item.schema.ts';

/** Whether a code still lets anyone in, and if not, why. */
export const INVITATION_STATES = ['open', 'used-up', 'expired', 'revoked'] as const;
type InvitationState = (typeof INVITATION_STATES)[number];

export function invitationState({ revoked, used, uses, validUntil }: Invitation, now: Date): InvitationState {
  if (revoked) return 'revoked';
  if (used >= uses) return 'used-up';
  return Date.parse(validUntil) <= now.getTime() ? 'expired' : 'open';
}

/** Whether an invitation is for this application, now; whether a use is left only the write can tell. */
export function admitsWith(
  invitation: Invitation | undefined,
  { email, category, organisation }: Pick<Application, 'email' | 'category' | 'organisation'>,
  now: Date,
): boolean {
  if (invitation === undefined || invitationState(invitation, now) !== 'open') return false;
  const isFor = <T>(wanted: T | undefined, given: T, same: (value: T) => unknown = (value) => value): boolean =>
    wanted === undefined || same(wanted) === same(given);
  return (
    isFor(invitation.email, email, addressIdentity) &&
    isFor(invitation.category, category) &&
    isFor(invitation.organisation, organisation, organisationGroup)
  );
}
