import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import { crockfordDigits, encodeCrockford } from '../../kernel/text/crockford.ts';
import { type ManageClaim, parseManageToken } from '../../registration/link/manage-link.store.ts';
import type { GuardianChange, Registration } from '../../registration/registration.schema.ts';

type Identity = Pick<Registration, 'eventId' | 'reference' | 'minor'>;

/** 128 bits: 22 characters of base64url. */
const PROOF_BYTES = 16;

/**
 * The token of the link by which a guardian decides about a minor's registration. It looks like a manage link's and
 * opens nothing of what that opens, nor the other way round: its key serves no other purpose.
 */
export async function consentToken(registration: Identity, secrets: Secrets): Promise<string> {
  const proof = await proofOf(registration, secrets);
  return `${registration.eventId}.${registration.reference}.${proof.toString('base64url')}`;
}

/** Total: anything that is not a token is `undefined`. */
export const parseConsentToken = (token: string): ManageClaim | undefined => parseManageToken(token);

/** Whether a claim proves itself for this registration; never for that of an adult, who has no guardian. */
export async function isProvenConsent(claim: ManageClaim, registration: Identity, secrets: Secrets): Promise<boolean> {
  if (registration.minor?.guardianLinkVersion === undefined) return false;
  return sameBytes(claim.proof, await proofOf(registration, secrets));
}

async function proofOf({ eventId, reference, minor }: Identity, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('consent-link', `${eventId}|${reference}|${minor?.guardianLinkVersion}`);
  return mac.subarray(0, PROOF_BYTES);
}

type Asked = Pick<Registration, 'eventId' | 'reference'>;

/** 40 bits, 8 digits: typed from a mail within two hours. */
const CODE_BYTES = 5;

/**
 * The code by which a minor shows that mail to them is theirs, before another guardian is asked than at first (AU4). It is
 * made anew whenever it is mailed or checked.
 */
export async function guardianCodeOf(of: Asked, { codeAt }: GuardianChange, secrets: Secrets): Promise<string> {
  const mac = await secrets.mac('guardian-code', `${of.eventId}|${of.reference}|${codeAt}`);
  return encodeCrockford(mac.subarray(0, CODE_BYTES));
}

/** Whether it is what the minor typed, in whatever case and with whatever spaces and hyphens. */
export async function isGuardianCode(
  typed: string,
  of: Asked,
  change: GuardianChange,
  secrets: Secrets,
): Promise<boolean> {
  const expected = await guardianCodeOf(of, change, secrets);
  return sameBytes(Buffer.from(crockfordDigits(typed) ?? ''), Buffer.from(expected));
}
