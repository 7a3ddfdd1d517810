import type { Delegation } from '../../delegation/delegation.schema.ts';
import {
  earlierVersions,
  isProvenNamed,
  type LinkName,
  namedToken,
  parseNamedToken,
} from '../../kernel/keys/named-link.store.ts';
import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
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

/** What the token of an unsubscribe link claims to be, before its proof was checked. */
export interface UnsubscribeClaim {
  readonly of: 'registration' | 'delegation';
  readonly eventId: string;
  /** A registration's reference, or the id of a coordinator's delegation. */
  readonly id: string;
  readonly proof: Buffer;
}

/**
 * Names the reader of a registration's mail: another address there makes the links of the one before invalid, so that nobody stops
 * the mail of the person who came in their place. Another manage link does not, for mail that is older has to be stopped too.
 */
export const mailOfRegistration = ({ eventId, reference, email }: MailedRegistration): LinkName => ({
  eventId,
  id: reference,
  link: addressIdentity(email),
});
type MailedRegistration = Pick<Registration, 'eventId' | 'reference' | 'email'>;

/** The same, of the coordinator of a delegation. */
export const mailOfDelegation = ({ eventId, id, link }: Pick<Delegation, 'eventId' | 'id' | 'link'>): LinkName => ({
  eventId,
  id,
  link,
});

/** The token of the link that stops mail which its reader can do without, and does nothing else. It is stored nowhere. */
export const unsubscribeToken = (mail: LinkName, secrets: Secrets): Promise<string> =>
  namedToken('unsubscribe', mail, secrets);

/** Total: anything that is not a token is `undefined`. */
export function parseUnsubscribeToken(token: string): UnsubscribeClaim | undefined {
  const manage = parseManageToken(token);
  if (manage !== undefined) return { of: 'registration', ...manage, id: manage.reference };
  const named = parseNamedToken(token);
  return named && { of: 'delegation', ...named };
}

/** Whether a claim proves itself for a reader's mail. */
export const isProvenUnsubscribe = (claim: UnsubscribeClaim, mail: LinkName, secrets: Secrets): Promise<boolean> =>
  isProvenNamed('unsubscribe', claim, mail, secrets);
