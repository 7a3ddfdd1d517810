import { isProvenNamed, type Named, type NamedClaim, namedToken, parseNamedToken } from './named-link.ts';
import type { Secrets } from './secrets.ts';

/** The token of the link that opens a delegation. */
export const delegationToken = (delegation: Named, secrets: Secrets): Promise<string> =>
  namedToken('delegation-link', delegation, secrets);

/** Total: anything that is not a token is `undefined`. */
export const parseDelegationToken = (token: string): NamedClaim | undefined => parseNamedToken(token);

/** Whether a claim proves itself for a delegation as its link is now. */
export const isProvenDelegation = (claim: NamedClaim, delegation: Named, secrets: Secrets): Promise<boolean> =>
  isProvenNamed('delegation-link', claim, delegation, secrets);
