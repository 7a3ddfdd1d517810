import { earlierVersions } from '../../kernel/keys/named-link.store.ts';
import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import type { AddressLock } from '../lock.store.ts';
import type { Registration } from '../registration.schema.ts';

/** What a manage token claims to be, before its proof was checked. */
export interface ManageClaim {
  readonly eventId: string;
  readonly reference: string;
  readonly proof: Buffer;
}

type Identity = Pick<Registration, 'eventId' | 'reference' | 'linkVersion'>;

/** 128 bits: 22 characters of base64url. */
const PROOF_BYTES = 16;
const TOKEN = /^([a-z0-9-]{3,40})\.([0-9A-HJKMNP-TV-Z]{10})\.([A-Za-z0-9_-]{22})$/;

/**
 * The token of a manage link: `event.reference.proof`. It is rebuilt whenever it is mailed and never stored, not
 * even as a hash; raising the registration's `linkVersion` makes earlier ones invalid.
 */
export async function manageToken(registration: Identity, secrets: Secrets): Promise<string> {
  const proof = await proofOf(registration, secrets);
  return `${registration.eventId}.${registration.reference}.${proof.toString('base64url')}`;
}

/** Total: anything that is not a token is `undefined`. */
export function parseManageToken(token: string): ManageClaim | undefined {
  const [, eventId, reference, proof] = TOKEN.exec(token) ?? [];
  if (eventId === undefined || reference === undefined || proof === undefined) return undefined;
  return { eventId, reference, proof: Buffer.from(proof, 'base64url') };
}

/** Whether a claim proves itself for this registration. */
export async function isProven(claim: ManageClaim, registration: Identity, secrets: Secrets): Promise<boolean> {
  return sameBytes(claim.proof, await proofOf(registration, secrets));
}

/** Whether a claim proves itself for an earlier version of the link, which was replaced since. */
export async function isReplaced(claim: ManageClaim, registration: Identity, secrets: Secrets): Promise<boolean> {
  for (const linkVersion of earlierVersions(registration.linkVersion)) {
    if (await isProven(claim, { ...registration, linkVersion }, secrets)) return true;
  }
  return false;
}

async function proofOf({ eventId, reference, linkVersion }: Identity, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('manage-link', `${eventId}|${reference}|${linkVersion}`);
  return mac.subarray(0, PROOF_BYTES);
}

/** Milliseconds between two mails with the link: a person who knows an address must not be able to fill its inbox. */
const LINK_INTERVAL = 30 * 60 * 1000;

export const isLinkDue = ({ linkAt }: Pick<AddressLock, 'linkAt'>, now: Date): boolean =>
  linkAt === undefined || now.getTime() - Date.parse(linkAt) >= LINK_INTERVAL;
