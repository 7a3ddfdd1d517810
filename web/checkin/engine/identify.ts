import { decodeCrockford } from '../../../shared/kernel/text/crockford.ts';
import { parseTicket, TICKET_TYPE, type TicketRefusal } from '../../../shared/ticket/ticket.ts';
import type { Memory } from './memory.ts';

const TICKET_ID_BYTES = 12;
/** Digits of a typed id, and as many hyphens and spaces as anyone puts between them. */
const LONGEST_TYPED = 60;

/** The 12 bytes of a ticket's id, and whether a signature says that it is genuine; or why there is none. */
export type Identified =
  | { readonly kind: 'ticket'; readonly id: Uint8Array; readonly isSigned: boolean }
  | { readonly kind: TicketRefusal };

/**
 * Finds out which ticket was shown. A typed id has no signature: it counts for what the roster knows of it, which nobody who guesses
 * among 96 bits will ever hit, and for nothing where the roster does not know it (CI14).
 *
 * @param text as a camera, a hand-held reader or a person gave it
 * @param at by the server's clock, epoch milliseconds
 */
export async function identify(text: string, { keys, fingerprint }: Memory, at: number): Promise<Identified> {
  const typed = text.length <= LONGEST_TYPED ? decodeCrockford(text) : undefined;
  if (typed?.length === TICKET_ID_BYTES) return { kind: 'ticket', id: typed, isSigned: false };
  // Hand-held readers end with a line; a space at the end may be part of the code.
  const code = text.replace(/[\r\n\t]/g, '');
  const trust = { keys, event: fingerprint, type: TICKET_TYPE.admission, now: new Date(at) };
  const verdict = await parseTicket(code, trust);
  return verdict.kind === 'valid' ? { kind: 'ticket', id: verdict.ticketId, isSigned: true } : verdict;
}
