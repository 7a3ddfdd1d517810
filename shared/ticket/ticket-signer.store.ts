import type { EventDefinition } from '../event/event.ts';
import { ticketExpiry } from '../event/event-times.ts';
import type { Keys } from '../kernel/parts.store.ts';
import { decodeCrockford } from '../kernel/text/crockford.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { encodeTicket, eventFingerprint, TICKET_TYPE, ticketBody } from './ticket.ts';
import { kmsTicketKey } from './ticket-key.store.ts';

/** A ticket as it is shown: the text of its QR code, its id for typing, and how long it can be read. */
export interface SignedTicket {
  readonly code: string;
  /** 20 Crockford characters. */
  readonly typed: string;
  readonly expiresAt: Date;
}

export interface TicketSigner {
  readonly sign: (
    event: EventDefinition<string>,
    registration: Pick<Registration, 'eventId' | 'ticketId'>,
  ) => Promise<SignedTicket>;
}

/**
 * Signs with a key that never leaves KMS. Ed25519 is deterministic: a ticket is not stored, it is signed anew
 * whenever it is shown and is the same each time.
 */
export function kmsTicketSigner({ kms, ticketKey: keyId }: Keys<'ticketKey'>): TicketSigner {
  const key = kmsTicketKey({ kms, ticketKey: keyId });
  const fingerprints = new Map<string, Uint8Array>();
  const fingerprintOf = async (eventId: string): Promise<Uint8Array> => {
    const fingerprint = fingerprints.get(eventId) ?? (await eventFingerprint(eventId));
    fingerprints.set(eventId, fingerprint);
    return fingerprint;
  };
  return {
    async sign(event, { eventId, ticketId }) {
      const id = decodeCrockford(ticketId);
      if (id === undefined) throw new Error('a stored ticket id is not Crockford base32');
      const expiresAt = ticketExpiry(event);
      const body = ticketBody({
        keyId: await key.id(),
        event: await fingerprintOf(eventId),
        ticketId: id,
        type: TICKET_TYPE.admission,
        expiresAt,
      });
      return { code: encodeTicket(body, await key.sign(body)), typed: ticketId, expiresAt };
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly signer: TicketSigner;
  }
}
