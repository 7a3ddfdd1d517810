import type { Needs } from '../kernel/parts.store.ts';
import { hex, ticketKeyId } from '../ticket/ticket-key.ts';

type Deps = Needs<'formerTicketKeys' | 'ticketKey'>;

/** A public key that tickets are signed with: its id in hex, and its 32 bytes in base64url. */
export interface TrustedKey {
  readonly id: string;
  readonly publicKey: string;
}

/** What tickets may be signed with (TK5): by the key of today, or by one of those before that nobody withdrew. */
export async function trustedKeys({
  ticketKey,
  formerTicketKeys,
}: Pick<Deps, 'ticketKey' | 'formerTicketKeys'>): Promise<readonly TrustedKey[]> {
  const keys = [await ticketKey.publicKey(), ...formerTicketKeys];
  return Promise.all(
    keys.map(async (key) => ({ id: hex(await ticketKeyId(key)), publicKey: Buffer.from(key).toString('base64url') })),
  );
}
