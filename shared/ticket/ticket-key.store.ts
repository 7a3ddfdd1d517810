import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Keys } from '../kernel/parts.store.ts';
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
  if (PublicKey === undefined) throw new Error('KMS answered GetPublicKey without a key');
  return rawPublicKey(PublicKey);
}

/** Ed25519 signs the message itself, hence `RAW`. */
async function signature(kms: KMSClient, keyId: string, message: Uint8Array): Promise<Uint8Array> {
  const { Signature } = await kms.send(
    new SignCommand({ KeyId: keyId, Message: message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),
  );
  if (Signature === undefined) throw new Error('KMS answered Sign without a signature');
  return Signature;
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly ticketKey: TicketKey;
    /** Public keys whose tickets are still good, 32 bytes each. */
    readonly formerTicketKeys: readonly Uint8Array[];
  }
}
