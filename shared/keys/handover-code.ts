import type { Guardian } from '../domain/guardian.ts';
import type { Registration } from '../domain/registration.ts';
import { type Secrets, sameBytes } from './secrets.ts';

type Of = Pick<Registration, 'eventId' | 'reference' | 'guardianLinkVersion'>;

/** 48 bits, of which six decimal digits are left: it is said aloud at a desk where a person listens, and each try is noted. */
const CODE_BYTES = 6;
const DIGITS = 6;

/**
 * What whoever fetches a minor says at the safeguarding desk (CS24). It is made anew whenever the guardian's page shows it,
 * and stored nowhere; there is none where the guardian signed on paper and has no page.
 */
export async function handoverCode(
  { eventId, reference, guardianLinkVersion }: Of,
  { handoverCodeVersion = 1 }: Pick<Guardian, 'handoverCodeVersion'>,
  secrets: Secrets,
): Promise<string | undefined> {
  if (guardianLinkVersion === undefined) return undefined;
  const of = `${eventId}|${reference}|${guardianLinkVersion}|${handoverCodeVersion}`;
  const mac = await secrets.mac('handover-code', of);
  return String(mac.readUIntBE(0, CODE_BYTES) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** Whether it is what someone said, with whatever was typed between its digits. */
export async function isHandoverCode(
  typed: string,
  of: Of,
  guardian: Pick<Guardian, 'handoverCodeVersion'>,
  secrets: Secrets,
): Promise<boolean> {
  const expected = await handoverCode(of, guardian, secrets);
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return expected !== undefined && sameBytes(Buffer.from(digits), Buffer.from(expected));
}
