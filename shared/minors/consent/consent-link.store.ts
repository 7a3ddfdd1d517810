import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import { type ManageClaim, parseManageToken } from '../../registration/link/manage-link.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';

type Identity = Pick<Registration, 'eventId' | 'reference' | 'guardianLinkVersion'>;

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
  if (registration.guardianLinkVersion === undefined) return false;
  return sameBytes(claim.proof, await proofOf(registration, secrets));
}

async function proofOf({ eventId, reference, guardianLinkVersion }: Identity, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('consent-link', `${eventId}|${reference}|${guardianLinkVersion}`);
  return mac.subarray(0, PROOF_BYTES);
}
