import type { Delegation } from '../domain/delegation.ts';
import { type Secrets, sameBytes } from './secrets.ts';

/** What the token of a delegation's link claims to be, before its proof was checked. */
export interface DelegationClaim {
  readonly eventId: string;
  readonly id: string;
  readonly proof: Buffer;
}

type Identity = Pick<Delegation, 'eventId' | 'id' | 'link'>;

/** 128 bits: 22 characters of base64url. */
const PROOF_BYTES = 16;
const TOKEN = /^([a-z0-9-]{3,40})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})$/;

/**
 * The token of the link that opens a delegation: `event.id.proof`. It is rebuilt whenever it is mailed and never
 * stored; a new `link` makes it invalid. Its key serves no other purpose.
 */
export async function delegationToken(delegation: Identity, secrets: Secrets): Promise<string> {
  const proof = await proofOf(delegation, secrets);
  return `${delegation.eventId}.${delegation.id}.${proof.toString('base64url')}`;
}

/** Total: anything that is not a token is `undefined`. */
export function parseDelegationToken(token: string): DelegationClaim | undefined {
  const [, eventId, id, proof] = TOKEN.exec(token) ?? [];
  if (eventId === undefined || id === undefined || proof === undefined) return undefined;
  return { eventId, id, proof: Buffer.from(proof, 'base64url') };
}

/** Whether a claim proves itself for a delegation as its link is now. */
export async function isProvenDelegation(
  claim: DelegationClaim,
  delegation: Identity,
  secrets: Secrets,
): Promise<boolean> {
  return sameBytes(claim.proof, await proofOf(delegation, secrets));
}

async function proofOf({ eventId, id, link }: Identity, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('delegation-link', `${eventId}|${id}|${link}`);
  return mac.subarray(0, PROOF_BYTES);
}
