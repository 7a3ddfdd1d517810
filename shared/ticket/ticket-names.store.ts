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

/** What scans call the ticket of a registration: its hash as it is stored, base64url. @throws Error where its id is none */
export const ticketHashOf = ({ ticketId }: { readonly ticketId: string }): string =>
  ticketNames(ticketIdBytes(ticketId)).hash.toString('base64url');

/** What the list of revocations calls it: its prefix, base64url. @throws Error where its id is none */
export const ticketPrefixOf = ({ ticketId }: { readonly ticketId: string }): string =>
  ticketNames(ticketIdBytes(ticketId)).prefix.toString('base64url');
