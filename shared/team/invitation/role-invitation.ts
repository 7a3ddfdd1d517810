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
