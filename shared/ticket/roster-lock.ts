import { sha256 } from './ticket-key.ts';

/*
 * An entry of a phone's roster opens with the ticket in hand, and with nothing else (CI11):
 *
 *   where it lies   SHA-256('plenary-roster' 0 ticket id), first 16 bytes
 *   its key         HKDF-SHA-256(ticket id, salt: event id, info: 'plenary-roster'), 32 bytes
 *   its lock        AES-256-GCM: | nonce, 12 | ciphertext | tag, 16 |
 *
 * The nonce is made from key and contents: an entry that did not change is the same bytes, and no nonce serves twice for others.
 */
export const ROSTER_LABEL = 'plenary-roster';
export const TICKET_HASH_BYTES = 16;
export const NONCE_BYTES = 12;

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** What scans and rosters call a ticket: it leads to no entry's contents, and back to no ticket. */
export async function ticketHash(ticketId: Uint8Array): Promise<Uint8Array> {
  const label = utf8(`${ROSTER_LABEL}\0`);
  const named = new Uint8Array(label.length + ticketId.length);
  named.set(label);
  named.set(ticketId, label.length);
  return (await sha256(named)).subarray(0, TICKET_HASH_BYTES);
}

/** Opens what was sealed for this ticket and event; `undefined` for anything else. */
export async function openEntry(
  sealed: Uint8Array,
  ticketId: Uint8Array,
  eventId: string,
): Promise<Uint8Array | undefined> {
  const secret = await crypto.subtle.importKey('raw', new Uint8Array(ticketId), 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: utf8(eventId), info: utf8(ROSTER_LABEL) };
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  try {
    const iv = new Uint8Array(sealed.subarray(0, NONCE_BYTES));
    const ciphertext = new Uint8Array(sealed.subarray(NONCE_BYTES));
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, ciphertext));
  } catch {
    return undefined;
  }
}
