import type { RoleGrant } from './organiser-role.ts';

/** An offer of roles in an event to whoever holds its token first. */
export interface RoleInvitation {
  /** A hash of its token, which is kept nowhere. */
  readonly id: string;
  readonly eventId: string;
  readonly grants: readonly RoleGrant[];
  /** What the inviter calls the person. */
  readonly label?: string | undefined;
  /** The member who invites; absent where the system's operator does. */
  readonly invitedBy?: string | undefined;
  /** Where it was mailed to; whoever accepts it is told there of those who wait for their decision. */
  readonly email?: string | undefined;
  /** Of that mail. */
  readonly language?: string | undefined;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** 128 unguessable bits: 22 characters of base64url. */
export const INVITATION_TOKEN_BYTES = 16;
/** Seconds. */
const LIFETIME = 7 * 24 * 60 * 60;

export const invitationExpiry = (now: Date): number => Math.floor(now.getTime() / 1000) + LIFETIME;

/** @param siteUrl without a slash at the end */
export const invitationLink = (siteUrl: string, eventId: string, token: string): string =>
  `${siteUrl}/console/?${new URLSearchParams({ event: eventId, invitation: token })}`;
