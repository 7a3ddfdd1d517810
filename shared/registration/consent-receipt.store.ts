import { type Secrets, sameBytes } from '../kernel/keys/secrets.store.ts';
import { crockfordDigits, decodeCrockford, encodeCrockford } from '../kernel/text/crockford.ts';

/*
 * The code of a receipt says by itself when a consent was given, and to which words; what proves it is its last part. It is stored nowhere,
 * says nothing of who gave it, and whoever has no code learns nothing.
 */

/** What a receipt says. */
export interface Receipt {
  /** ISO 8601, to the second. */
  readonly at: string;
  /** The beginning of the hash of the words, 20 characters of base64url. */
  readonly fingerprint: string;
}

/** Seconds since 1970. */
const TIME_BYTES = 5;
/** 120 bits. */
const WORDS_BYTES = 15;
/** 80 bits, as those of a certificate. */
const PROOF_BYTES = 10;
/** 30 bytes are 48 digits, with nothing left over. */
const BYTES = TIME_BYTES + WORDS_BYTES + PROOF_BYTES;

/** Twelve groups of four digits. @param hash of the words, see `hashConsent` */
export async function receiptCode(
  eventId: string,
  { at, hash }: { readonly at: string; readonly hash: string },
  secrets: Secrets,
): Promise<string> {
  const claim = Buffer.alloc(TIME_BYTES + WORDS_BYTES);
  claim.writeUIntBE(Math.floor(Date.parse(at) / 1000), 0, TIME_BYTES);
  Buffer.from(hash, 'base64url').copy(claim, TIME_BYTES, 0, WORDS_BYTES);
  const digits = encodeCrockford(Buffer.concat([claim, await proofOf(eventId, claim, secrets)]));
  return (digits.match(/.{4}/g) ?? []).join('-');
}

/** What a code proves in an event, however it was typed. Total: of anything else, or of another event, `undefined`. */
export async function provenReceipt(eventId: string, typed: string, secrets: Secrets): Promise<Receipt | undefined> {
  const bytes = decodeCrockford(crockfordDigits(typed) ?? '');
  if (bytes?.length !== BYTES) return undefined;
  const all = Buffer.from(bytes);
  const [claim, proof] = [all.subarray(0, TIME_BYTES + WORDS_BYTES), all.subarray(TIME_BYTES + WORDS_BYTES)];
  if (!sameBytes(proof, await proofOf(eventId, claim, secrets))) return undefined;
  return {
    at: new Date(claim.readUIntBE(0, TIME_BYTES) * 1000).toISOString(),
    fingerprint: claim.subarray(TIME_BYTES).toString('base64url'),
  };
}

async function proofOf(eventId: string, claim: Buffer, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('consent-receipt', `${eventId}|${claim.toString('base64url')}`);
  return mac.subarray(0, PROOF_BYTES);
}
