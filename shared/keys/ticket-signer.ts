import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { decodeCrockford } from '../domain/crockford.ts';
import type { EventDefinition } from '../domain/event.ts';
import { ticketExpiry } from '../domain/event-times.ts';
import type { Registration } from '../domain/registration.ts';
import { encodeTicket, eventFingerprint, TICKET_TYPE, ticketBody } from '../domain/ticket.ts';
import { rawPublicKey, ticketKeyId } from '../domain/ticket-key.ts';

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
export function kmsTicketSigner(kms: KMSClient, keyId: string): TicketSigner {
  let ticketKey: Promise<Uint8Array> | undefined;
  const keyFingerprint = (): Promise<Uint8Array> => {
    ticketKey ??= fetchKeyFingerprint(kms, keyId).catch((error: unknown) => {
      ticketKey = undefined;
      throw error;
    });
    return ticketKey;
  };
  return {
    async sign(event, { eventId, ticketId }) {
      const id = decodeCrockford(ticketId);
      if (id === undefined) throw new Error('a stored ticket id is not Crockford base32');
      const expiresAt = ticketExpiry(event);
      const body = ticketBody({
        keyId: await keyFingerprint(),
        event: await eventFingerprint(eventId),
        ticketId: id,
        type: TICKET_TYPE.admission,
        expiresAt,
      });
      return { code: encodeTicket(body, await signature(kms, keyId, body)), typed: ticketId, expiresAt };
    },
  };
}

async function fetchKeyFingerprint(kms: KMSClient, keyId: string): Promise<Uint8Array> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('KMS answered GetPublicKey without a key');
  return ticketKeyId(rawPublicKey(PublicKey));
}

/** Ed25519 signs the message itself, hence `RAW`. */
async function signature(kms: KMSClient, keyId: string, message: Uint8Array): Promise<Uint8Array> {
  const { Signature } = await kms.send(
    new SignCommand({ KeyId: keyId, Message: message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),
  );
  if (Signature === undefined) throw new Error('KMS answered Sign without a signature');
  return Signature;
}
