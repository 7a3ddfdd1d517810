import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import { type ManageClaim, parseManageToken } from '../../registration/link/manage-link.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';

type Identity = Pick<Registration, 'eventId' | 'reference' | 'linkVersion'>;

/** 128 bits: 22 characters of base64url. */
const PROOF_BYTES = 16;

/**
 * What a browser keeps after it opened an attendee's page, so that it can ask for tokens: it looks like a manage link's token and opens
 * nothing of what that opens. A person who finds it on a shared computer cancels nothing, and learns no more than the name beside it.
 */
export async function feedbackToken(registration: Identity, secrets: Secrets): Promise<string> {
  const proof = await proofOf(registration, secrets);
  return `${registration.eventId}.${registration.reference}.${proof.toString('base64url')}`;
}

/** Total: anything that is not a token is `undefined`. */
export const parseFeedbackToken = (token: string): ManageClaim | undefined => parseManageToken(token);

/** Whether a claim proves itself for this registration as its link is now. */
export async function isProvenFeedback(claim: ManageClaim, registration: Identity, secrets: Secrets): Promise<boolean> {
  return sameBytes(claim.proof, await proofOf(registration, secrets));
}

async function proofOf({ eventId, reference, linkVersion }: Identity, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('feedback-link', `${eventId}|${reference}|${linkVersion}`);
  return mac.subarray(0, PROOF_BYTES);
}
