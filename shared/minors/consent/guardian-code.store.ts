import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import { crockfordDigits, encodeCrockford } from '../../kernel/text/crockford.ts';
import type { GuardianChange, Registration } from '../../registration/registration.schema.ts';

type Identity = Pick<Registration, 'eventId' | 'reference'>;

/** 40 bits, 8 digits: typed from a mail within two hours. */
const CODE_BYTES = 5;

/**
 * The code by which a minor shows that mail to them is theirs, before someone else is asked than at first (AU4). It is
 * made anew whenever it is mailed or checked.
 */
export async function guardianCode(of: Identity, { codeAt }: GuardianChange, secrets: Secrets): Promise<string> {
  const mac = await secrets.mac('guardian-code', `${of.eventId}|${of.reference}|${codeAt}`);
  return encodeCrockford(mac.subarray(0, CODE_BYTES));
}

/** Whether it is what someone typed, in whatever case and with whatever spaces and hyphens. */
export async function isGuardianCode(
  typed: string,
  of: Identity,
  change: GuardianChange,
  secrets: Secrets,
): Promise<boolean> {
  const expected = await guardianCode(of, change, secrets);
  return sameBytes(Buffer.from(crockfordDigits(typed) ?? ''), Buffer.from(expected));
}
