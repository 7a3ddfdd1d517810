import {
  hex,
  type TicketKeys,
  ticketKeyId,
  trustedKeys,
  type VerifySignature,
} from '../../../shared/ticket/ticket-key.ts';
import { fromBase64url } from './base64url.ts';
import type { Setup } from './engine.ts';

/** What tickets are verified with: by the browser, or where it knows no Ed25519 yet by a library that is fetched then only. */
export async function ticketKeys(keys: Setup['keys']): Promise<TicketKeys> {
  const raw = keys.map(({ publicKey }) => fromBase64url(publicKey));
  try {
    return await trustedKeys(raw);
  } catch {
    return new Map(
      await Promise.all(raw.map(async (key) => [hex(await ticketKeyId(key)), await nobleVerifier(key)] as const)),
    );
  }
}

async function nobleVerifier(key: Uint8Array): Promise<VerifySignature> {
  const { verifyAsync } = await import('@noble/ed25519');
  return (message, signature) => verifyAsync(signature, message, key);
}
