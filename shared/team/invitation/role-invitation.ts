import type { RoleGrant } from '../role/organiser-role.ts';

/** Why a grant needs a second person: it opens what concerns children, or what people need. */
export const NEEDS = ['children', 'care'] as const;
export type Need = (typeof NEEDS)[number];

/**
 * Who is the second person for what concerns children: a member of safeguarding who is vetted today. While nobody ever
 * was of safeguarding it is another organiser (`first`), and so it is while all vettings are over (`lapsed`).
 */
export const WAYS = ['vetted', 'first', 'lapsed'] as const;
export type Way = (typeof WAYS)[number];

/** An offer of roles in an event to the first holder of its token. */
export interface RoleInvitation {
  /** A hash of its token, which is kept nowhere. */
  readonly id: string;
  readonly eventId: string;
  readonly grants: readonly RoleGrant[];
  /** What the inviter calls the person. */
  readonly label?: string | undefined;
  /** The member who invites; absent where the system's operator does. */
  readonly invitedBy?: string | undefined;
  /** Where it was mailed to; the member who accepts it is told there of those who wait for their decision. */
  readonly email?: string | undefined;
  /** Of that mail. */
  readonly language?: string | undefined;
  /** From which its token is made, where it is mailed only once a second person has accepted it. */
  readonly number?: string | undefined;
  /** Why two organisers give what nobody who is vetted can give. */
  readonly reason?: string | undefined;
  /** Who stands for it as the second person; see `role-rule.ts`. */
  readonly accepted?: { readonly [N in Need]?: Acceptance | undefined } | undefined;
  /** Rises with each acceptance; absent before the first. */
  readonly revision?: number | undefined;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A second person's word. */
export interface Acceptance {
  /** A member. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** As what they gave it, where it concerns children. */
  readonly way?: Way | undefined;
}

/** 128 unguessable bits: 22 characters of base64url. */
export const INVITATION_TOKEN_BYTES = 16;
/** Seconds. */
const LIFETIME = 7 * 24 * 60 * 60;

export const invitationExpiry = (now: Date): number => Math.floor(now.getTime() / 1000) + LIFETIME;

/**
 * The token is in the fragment: no server is sent it, and no log holds it.
 *
 * @param siteUrl without a slash at the end
 */
export const invitationLink = (siteUrl: string, eventId: string, token: string): string =>
  `${siteUrl}/console/?${new URLSearchParams({ event: eventId })}#${new URLSearchParams({ [INVITATION]: token })}`;

/** Names the token in the fragment of a link. */
export const INVITATION = 'invitation';
