import {
  earlierVersions,
  isProvenNamed,
  type LinkName,
  type NamedClaim,
  namedToken,
  parseNamedToken,
} from '../kernel/keys/named-link.store.ts';
import type { Secrets } from '../kernel/keys/secrets.store.ts';
import type { Delegation } from './delegation.schema.ts';

type Identity = Pick<Delegation, 'eventId' | 'id' | 'link' | 'linkVersion'>;

/** The token of the link that opens a delegation; raising its `linkVersion` makes earlier ones invalid. */
export const delegationToken = (delegation: Identity, secrets: Secrets): Promise<string> =>
  namedToken('delegation-link', named(delegation), secrets);

/** Total: anything that is not a token is `undefined`. */
export const parseDelegationToken = (token: string): NamedClaim | undefined => parseNamedToken(token);

/** Whether a claim proves itself for a delegation as its link is now. */
export const isProvenDelegation = (claim: NamedClaim, delegation: Identity, secrets: Secrets): Promise<boolean> =>
  isProvenNamed('delegation-link', claim, named(delegation), secrets);

/** Whether it does for an earlier version of the link, which was replaced since. */
export async function isReplacedDelegation(
  claim: NamedClaim,
  delegation: Identity,
  secrets: Secrets,
): Promise<boolean> {
  for (const linkVersion of earlierVersions(delegation.linkVersion)) {
    if (await isProvenDelegation(claim, { ...delegation, linkVersion }, secrets)) return true;
  }
  return false;
}

const named = ({ eventId, id, link, linkVersion }: Identity): LinkName => ({
  eventId,
  id,
  link: `${link}|${linkVersion}`,
});
