import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { asciiDigits } from '../../kernel/text/text.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { Guardian } from '../consent/guardian.schema.ts';
import { setHandoverTries } from '../consent/guardian.store.ts';

interface HandoverStore {
  /**
   * Keeps how many wrong codes were tried, together with the note of who tried one: both or nothing.
   *
   * @returns whether nobody else had tried one since the guardian was read
   */
  readonly setTries: (read: Guardian, tries: number, noted: TransactItem) => Promise<boolean>;
}

export const handoverStore = ({ client, care, system }: Given<'care'>): HandoverStore => ({
  setTries: async (read, tries, noted) =>
    (await transact(client, [setHandoverTries(care, read, tries), noted], system)).length === 0,
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly handovers: HandoverStore;
  }
}

type Of = Pick<Registration, 'eventId' | 'reference' | 'minor'>;

type Version = Pick<Guardian, 'handoverCodeVersion'>;

/** 48 bits, of which six decimal digits are left: it is said aloud at a desk where a person listens, and each try is noted. */
const CODE_BYTES = 6;
const DIGITS = 6;

/** Whether there is a code: on the guardian's page always; of one who signed on paper, once the safeguarding desk has made one. */
export const hasHandoverCode = ({ minor }: Pick<Of, 'minor'>, { handoverCodeVersion }: Version): boolean =>
  minor?.guardianLinkVersion !== undefined || handoverCodeVersion !== undefined;

/**
 * What the person who fetches a minor says at the safeguarding desk (CS24). It is made anew whenever the guardian's page shows it,
 * and stored nowhere.
 */
export async function handoverCodeOf(of: Of, guardian: Version, secrets: Secrets): Promise<string | undefined> {
  if (!hasHandoverCode(of, guardian)) return undefined;
  const { eventId, reference, minor } = of;
  const named = `${eventId}|${reference}|${minor?.guardianLinkVersion ?? 'paper'}|${guardian.handoverCodeVersion ?? 1}`;
  const mac = await secrets.mac('handover-code', named);
  return String(mac.readUIntBE(0, CODE_BYTES) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** Whether it is what was said, in digits of any script, with whatever was typed between them. */
export async function isHandoverCode(typed: string, of: Of, guardian: Version, secrets: Secrets): Promise<boolean> {
  const expected = await handoverCodeOf(of, guardian, secrets);
  const digits = asciiDigits(typed).normalize('NFKC').replace(/[\s-]/g, '');
  return expected !== undefined && sameBytes(Buffer.from(digits), Buffer.from(expected));
}
