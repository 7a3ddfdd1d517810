import { hash } from 'node:crypto';
import { decodeCrockford } from '../kernel/text/crockford.ts';
import { ROSTER_LABEL, TICKET_HASH_BYTES } from './roster-lock.ts';

const PREFIX_BYTES = 8;

/** The 12 bytes of a stored ticket id. @throws Error where it is none */
export function ticketIdBytes(ticketId: string): Uint8Array {
  const id = decodeCrockford(ticketId);
  if (id === undefined) throw new Error('a stored ticket id is not Crockford base32');
  return id;
}

const LABEL = Buffer.from(`${ROSTER_LABEL}\0`);

/**
 * What scans call a ticket, whose id nobody may learn there: 16 bytes, the same as phones make with WebCrypto, at once.
 *
 * @param id 12 bytes
 */
export const ticketHash = (id: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([LABEL, id]), 'buffer').subarray(0, TICKET_HASH_BYTES);

/** What the list of revocations calls it: 8 bytes. @param id 12 bytes */
export const ticketPrefix = (id: Uint8Array): Buffer => hash('sha256', id, 'buffer').subarray(0, PREFIX_BYTES);

/** What scans call the ticket of a registration: its hash as it is stored, base64url. @throws Error where its id is none */
export const ticketHashOf = ({ ticketId }: { readonly ticketId: string }): string =>
  ticketHash(ticketIdBytes(ticketId)).toString('base64url');

/** What the list of revocations calls it: its prefix, base64url. @throws Error where its id is none */
export const ticketPrefixOf = ({ ticketId }: { readonly ticketId: string }): string =>
  ticketPrefix(ticketIdBytes(ticketId)).toString('base64url');
