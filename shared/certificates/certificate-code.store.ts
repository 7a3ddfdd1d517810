import { type Secrets, sameBytes } from '../kernel/keys/secrets.store.ts';
import { crockfordDigits, decodeCrockford, encodeCrockford } from '../kernel/text/crockford.ts';
import { displayReference, parseReference } from '../kernel/text/reference.ts';
import type { Registration } from '../registration/registration.schema.ts';

/** What the code of a certificate claims to be, before its proof was checked. */
export interface CertificateClaim {
  readonly reference: string;
  readonly proof: Uint8Array;
}

/** What a certificate says, and of whom: another name makes another code, so that nobody shows that of the attendee before them. */
type Certified = Pick<Registration, 'eventId' | 'reference' | 'fullName' | 'nativeName'>;

const REFERENCE_DIGITS = 10;
/** 80 bits: 16 digits to type. */
const PROOF_BYTES = 10;
const PROOF_DIGITS = 16;

/** `7K3-M9Q-X2AB-7K3M-9QXT-2B4D-0123`: the reference, and what proves it. It is stored nowhere. */
export async function certificateCode(certified: Certified, secrets: Secrets): Promise<string> {
  const digits = encodeCrockford(await proofOf(certified, secrets));
  return [displayReference(certified.reference), ...(digits.match(/.{4}/g) ?? [])].join('-');
}

/** However it was typed. Total: anything that is no code is `undefined`. */
export function parseCertificateCode(typed: string): CertificateClaim | undefined {
  const digits = crockfordDigits(typed);
  if (digits?.length !== REFERENCE_DIGITS + PROOF_DIGITS) return undefined;
  const reference = parseReference(digits.slice(0, REFERENCE_DIGITS));
  const proof = decodeCrockford(digits.slice(REFERENCE_DIGITS));
  return reference === undefined || proof === undefined ? undefined : { reference, proof };
}

/** Whether a claim proves itself for what is certified now. */
export const isProvenCode = async (claim: CertificateClaim, certified: Certified, secrets: Secrets): Promise<boolean> =>
  sameBytes(claim.proof, await proofOf(certified, secrets));

async function proofOf(
  { eventId, reference, fullName, nativeName = '' }: Certified,
  secrets: Secrets,
): Promise<Buffer> {
  const mac = await secrets.mac('certificate', JSON.stringify([eventId, reference, fullName, nativeName]));
  return mac.subarray(0, PROOF_BYTES);
}
