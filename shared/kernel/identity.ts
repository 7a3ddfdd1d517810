/**
 * Who signed in, as an OpenID provider says: it names a person and grants nothing. `subject` is unique within its
 * issuer only (OpenID Connect Core, section 2).
 */
export interface Identity {
  /** The provider's address. */
  readonly issuer: string;
  readonly subject: string;
}
