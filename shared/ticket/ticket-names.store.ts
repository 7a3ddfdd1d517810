import { createHash } from 'node:crypto';
import { decodeCrockford } from '../kernel/text/crockford.ts';
import { ROSTER_LABEL, TICKET_HASH_BYTES } from './roster-lock.ts';

/** What a ticket is called where nobody may learn its id. */
export interface TicketNames {
  /** `ticketHash`: 16 bytes. */
  readonly hash: Buffer;
  /** `revocationPrefix`: 8 bytes. */
  readonly prefix: Buffer;
}

const PREFIX_BYTES = 8;

/** The 12 bytes of a stored ticket id. @throws Error where it is none */
export function ticketIdBytes(ticketId: string): Uint8Array {
  const id = decodeCrockford(ticketId);
  if (id === undefined) throw new Error('a stored ticket id is not Crockford base32');
  return id;
}

/** The same as phones make with WebCrypto, at once: ten thousand in a blink. @param id 12 bytes */
export const ticketNames = (id: Uint8Array): TicketNames => ({
  hash: createHash('sha256').update(`${ROSTER_LABEL}\0`).update(id).digest().subarray(0, TICKET_HASH_BYTES),
  prefix: createHash('sha256').update(id).digest().subarray(0, PREFIX_BYTES),
});

/** The same of a registration's ticket, as they are stored: base64url. @throws Error where its id is none */
export function storedTicketNames({ ticketId }: { readonly ticketId: string }): {
  readonly hash: string;
  readonly prefix: string;
} {
  const { hash, prefix } = ticketNames(ticketIdBytes(ticketId));
  return { hash: hash.toString('base64url'), prefix: prefix.toString('base64url') };
}
