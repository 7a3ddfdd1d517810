import { type SecretPurpose, type Secrets, sameBytes } from './secrets.store.ts';

/** What the token of a link claims to be, before its proof was checked. */
export interface NamedClaim {
  readonly eventId: string;
  readonly id: string;
  readonly proof: Buffer;
}

/** What a link leads to: something of an event that is named by an HMAC. */
export interface LinkName {
  readonly eventId: string;
  readonly id: string;
  /** Names the link that opens it now: another one makes it invalid. */
  readonly link: string;
}

/** 128 bits: 22 characters of base64url. */
const PROOF_BYTES = 16;
const TOKEN = /^([a-z0-9-]{3,40})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})$/;

/** `event.id.proof`: rebuilt whenever it is mailed and never stored. @param purpose of its key, which serves no other */
export async function namedToken(purpose: SecretPurpose, named: LinkName, secrets: Secrets): Promise<string> {
  const proof = await proofOf(purpose, named, secrets);
  return `${named.eventId}.${named.id}.${proof.toString('base64url')}`;
}

/** Total: anything that is not a token is `undefined`. */
export function parseNamedToken(token: string): NamedClaim | undefined {
  const [, eventId, id, proof] = TOKEN.exec(token) ?? [];
  if (eventId === undefined || id === undefined || proof === undefined) return undefined;
  return { eventId, id, proof: Buffer.from(proof, 'base64url') };
}

/** Whether a claim proves itself for what it names, as its link is now. */
export async function isProvenNamed(
  purpose: SecretPurpose,
  claim: NamedClaim,
  named: LinkName,
  secrets: Secrets,
): Promise<boolean> {
  return sameBytes(claim.proof, await proofOf(purpose, named, secrets));
}

async function proofOf(purpose: SecretPurpose, { eventId, id, link }: LinkName, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac(purpose, `${eventId}|${id}|${link}`);
  return mac.subarray(0, PROOF_BYTES);
}

/** Earlier versions of a link that are still known as such; who replaces theirs more often has forgotten the first. */
const MOST_REPLACED = 50;

/** The versions of a link that were replaced since, the latest first. */
export const earlierVersions = (version: number): readonly number[] =>
  Array.from({ length: Math.min(version - 1, MOST_REPLACED) }, (_, back) => version - 1 - back);
