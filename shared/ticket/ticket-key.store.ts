import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { EventDefinition } from '../event/event.ts';
import { ticketExpiry } from '../event/event-times.ts';
import type { Keys } from '../kernel/parts.store.ts';
import { decodeCrockford } from '../kernel/text/crockford.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { encodeTicket, eventFingerprint, TICKET_TYPE, ticketBody } from './ticket.ts';
import { rawPublicKey, ticketKeyId } from './ticket-key.ts';

/** The Ed25519 key of tickets, and of what tells which of them admit nobody any more. It never leaves KMS. */
export interface TicketKey {
  /** 32 bytes; asked for once. */
  readonly publicKey: () => Promise<Uint8Array>;
  /** What tickets call it: `ticketKeyId`, 4 bytes. */
  readonly id: () => Promise<Uint8Array>;
  /** @returns 64 bytes: for the same message always the same */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

export function kmsTicketKey({ kms, ticketKey: keyId }: Keys<'ticketKey'>): TicketKey {
  let known: Promise<Uint8Array> | undefined;
  const publicKey = (): Promise<Uint8Array> => {
    known ??= fetchPublicKey(kms, keyId).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    publicKey,
    id: async () => ticketKeyId(await publicKey()),
    sign: (message) => signature(kms, keyId, message),
  };
}

async function fetchPublicKey(kms: KMSClient, keyId: string): Promise<Uint8Array> {
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('KMS answered without a key');
  return rawPublicKey(PublicKey);
}

/** Ed25519 signs the message itself, hence `RAW`. */
async function signature(kms: KMSClient, keyId: string, message: Uint8Array): Promise<Uint8Array> {
  const { Signature } = await kms.send(
    new SignCommand({ KeyId: keyId, Message: message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),
  );
  if (Signature === undefined) throw new Error('KMS answered without a signature');
  return Signature;
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly ticketKey: TicketKey;
    /** Public keys whose tickets are still good, 32 bytes each. */
    readonly formerTicketKeys: readonly Uint8Array[];
  }
}

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

/** Signatures that an instance remembers. */
const MOST_REMEMBERED = 1000;

/**
 * Signs with a key that never leaves KMS. Ed25519 is deterministic: a ticket is not stored, it is signed anew and is the same each time. An
 * instance asks once for each, since pages are opened as often as their holder likes, and all tickets and mails share KMS's signatures.
 */
export function kmsTicketSigner(keys: Keys<'ticketKey'>): TicketSigner {
  const key = kmsTicketKey(keys);
  const known = new Map<string, Uint8Array>();
  return {
    async sign(event, { eventId, ticketId: typed }) {
      const ticketId = decodeCrockford(typed);
      if (ticketId === undefined) throw new Error('no ticket id');
      const expiresAt = ticketExpiry(event);
      const [keyId, fingerprint] = [await key.id(), await eventFingerprint(eventId)];
      const body = ticketBody({ keyId, event: fingerprint, ticketId, type: TICKET_TYPE.admission, expiresAt });
      const signature = known.get(body.join()) ?? (await key.sign(body));
      if (known.size > MOST_REMEMBERED) known.clear();
      known.set(body.join(), signature);
      return { code: encodeTicket(body, signature), typed, expiresAt };
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly signer: TicketSigner;
  }
}
