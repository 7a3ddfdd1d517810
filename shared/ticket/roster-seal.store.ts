import { createCipheriv, createHmac, hkdfSync } from 'node:crypto';
import { NONCE_BYTES, ROSTER_LABEL } from './roster-lock.ts';

const KEY_BYTES = 32;

/** Seals an entry so that only the ticket opens it: `openEntry` on the phone. The same entry is always the same bytes. */
export function sealEntry(entry: Uint8Array, ticketId: Uint8Array, eventId: string): Uint8Array {
  const key = Buffer.from(hkdfSync('sha256', ticketId, eventId, ROSTER_LABEL, KEY_BYTES));
  const nonce = createHmac('sha256', key).update(entry).digest();
  const cipher = createCipheriv('aes-256-gcm', key, nonce.subarray(0, NONCE_BYTES));
  return Buffer.concat([nonce.subarray(0, NONCE_BYTES), cipher.update(entry), cipher.final(), cipher.getAuthTag()]);
}
