import { generateKeyPairSync, sign } from 'node:crypto';
import {
  encodeTicket,
  eventFingerprint,
  TICKET_TYPE,
  type TicketFields,
  ticketBody,
} from '../../shared/ticket/ticket.ts';
import { rawPublicKey, ticketKeyId } from '../../shared/ticket/ticket-key.ts';

export const EVENT = 'sample-forum';

/** A key pair such as KMS holds, and tickets signed with it. */
export async function makeIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = rawPublicKey(publicKey.export({ format: 'der', type: 'spki' }));
  const fields: TicketFields = {
    keyId: await ticketKeyId(raw),
    event: await eventFingerprint(EVENT),
    ticketId: Uint8Array.from({ length: 12 }, (_, index) => index * 21),
    type: TICKET_TYPE.admission,
    expiresAt: new Date('2028-02-01T10:00:00Z'),
  };
  const signBody = (body: Uint8Array): Uint8Array => sign(null, body, privateKey);
  const issue = (change: Partial<TicketFields> = {}): string => {
    const body = ticketBody({ ...fields, ...change });
    return encodeTicket(body, signBody(body));
  };
  return { raw, fields, issue, signBody };
}
