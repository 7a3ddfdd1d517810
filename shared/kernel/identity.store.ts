import { createHash } from 'node:crypto';

/**
 * Who signed in, as an OpenID provider says: it names a person and grants nothing. `subject` is unique within its
 * issuer only (OpenID Connect Core, section 2).
 */
export interface Identity {
  /** The provider's address. */
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Names a person in keys and addresses. Both parts are hashed together: a subject names a person only beside its issuer,
 * so changing the provider never hands one person's roles to another; and where a provider uses email addresses as
 * subjects, none is readable.
 *
 * @returns 256 bits, base64url: 43 characters
 */
export const memberId = ({ issuer, subject }: Identity): string =>
  createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('base64url');
