import { decodeCrockford } from '../kernel/text/crockford.ts';
import { ticketHash } from './roster-lock.ts';

/** What scans call the ticket of a registration, base64url. */
export async function ticketHashOf({ ticketId }: { readonly ticketId: string }): Promise<string> {
  const id = decodeCrockford(ticketId);
  if (id === undefined) throw new Error('a stored ticket id is not Crockford base32');
  return Buffer.from(await ticketHash(id)).toString('base64url');
}
