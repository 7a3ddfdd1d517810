import type { Attendee } from '../event/attendee.ts';
import { hex, KEY_ID_BYTES, sha256, type TicketKeys, type VerifySignature } from './ticket-key.ts';

/** RFC 9285: bytes as the 45 characters that QR codes store at 5.5 bits each. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE = ALPHABET.length;
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 2) {
    const [first = 0, second] = bytes.subarray(index, index + 2);
    text += second === undefined ? digits(first, 2) : digits(first * 256 + second, 3);
  }
  return text;
}

/** Strict, so that no bytes have two spellings; `undefined` for anything that `encodeBase45` never writes. */
export function decodeBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 3) {
    const group = text.slice(index, index + 3);
    const value = numberOf(group);
    if (value === undefined || value >= (group.length === 3 ? 65536 : 256)) return undefined;
    if (group.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

/** Least significant digit first, as the RFC has it. */
function digits(value: number, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / BASE)) text += ALPHABET.charAt(rest % BASE);
  return text;
}

function numberOf(group: string): number | undefined {
  let value = 0;
  for (const character of [...group].reverse()) {
    const digit = VALUES.get(character);
    if (digit === undefined) return undefined;
    value = value * BASE + digit;
  }
  return value;
}

/*
 * A ticket is 94 bytes, written in base45 after a prefix of 5 characters; nothing in it tells who it is for:
 *
 *   0        1         5            13             25      26        30           94
 *   | version | key id | event       | ticket id    | type  | expiry  | signature  |
 *                        first 8 of     96 random             epoch     Ed25519 of
 *                        SHA-256(id)    bits                  seconds   all before it
 */
const PREFIX = 'PLN1:';
const VERSION = 1;
const EVENT_BYTES = 8;
const TICKET_ID_BYTES = 12;
const EVENT_AT = 1 + KEY_ID_BYTES;
const TICKET_ID_AT = EVENT_AT + EVENT_BYTES;
const TYPE_AT = TICKET_ID_AT + TICKET_ID_BYTES;
const EXPIRY_AT = TYPE_AT + 1;
const SIGNATURE_AT = EXPIRY_AT + 4;
const SIGNATURE_BYTES = 64;
/** No QR code holds more alphanumeric characters: nothing longer is worth reading. */
const MAX_CODE_CHARACTERS = 4296;

/** The kind of document, not the category of its holder: what its holder may do with it is looked up by its id. */
export const TICKET_TYPE = { admission: 1 } as const;

export interface TicketFields {
  /** `ticketKeyId` of the key that will sign: 4 bytes. */
  readonly keyId: Uint8Array;
  /** `eventFingerprint` of the event's id: 8 bytes. */
  readonly event: Uint8Array;
  /** 12 random bytes. */
  readonly ticketId: Uint8Array;
  /** One of `TICKET_TYPE`. */
  readonly type: number;
  /** Kept to the second. */
  readonly expiresAt: Date;
}

/** What the reader of a ticket takes for true. */
export interface TicketTrust {
  readonly keys: TicketKeys;
  /** `eventFingerprint` of the event at whose door the ticket is shown. */
  readonly event: Uint8Array;
  readonly type: number;
  readonly now: Date;
}

type TicketVerdict =
  | { readonly kind: 'valid'; readonly ticketId: Uint8Array; readonly type: number; readonly expiresAt: Date }
  | { readonly kind: TicketRefusal };

/**
 * `update-app`: the ticket may well be good, but its version is newer than the reader.
 * `unknown-key`: the same of its key, unless the reader knows every key that there is: then it is forged.
 * `not-a-ticket`: some other QR code.
 */
export type TicketRefusal =
  | 'not-a-ticket'
  | 'update-app'
  | 'unknown-key'
  | 'invalid'
  | 'other-event'
  | 'other-type'
  | 'expired';

/** What a ticket says of its event: the first 8 bytes of SHA-256 of the event's id. */
export async function eventFingerprint(eventId: string): Promise<Uint8Array> {
  return (await sha256(new TextEncoder().encode(eventId))).subarray(0, EVENT_BYTES);
}

/** The 30 bytes that are signed, exactly as they stand in the ticket. @throws RangeError if a field has the wrong length */
export function ticketBody({ keyId, event, ticketId, type, expiresAt }: TicketFields): Uint8Array {
  if (keyId.length !== KEY_ID_BYTES || event.length !== EVENT_BYTES || ticketId.length !== TICKET_ID_BYTES) {
    throw new RangeError('a ticket needs 4 bytes of key id, 8 of event and 12 of ticket id');
  }
  const body = new Uint8Array(SIGNATURE_AT);
  body[0] = VERSION;
  body.set(keyId, 1);
  body.set(event, EVENT_AT);
  body.set(ticketId, TICKET_ID_AT);
  body[TYPE_AT] = type;
  new DataView(body.buffer).setUint32(EXPIRY_AT, Math.floor(expiresAt.getTime() / 1000));
  return body;
}

/** The text of the QR code: 146 characters, all of them in the QR's alphanumeric set. */
export function encodeTicket(body: Uint8Array, signature: Uint8Array): string {
  if (body.length !== SIGNATURE_AT || signature.length !== SIGNATURE_BYTES) {
    throw new RangeError('a ticket is 30 bytes and a signature of 64');
  }
  const bytes = new Uint8Array(SIGNATURE_AT + SIGNATURE_BYTES);
  bytes.set(body);
  bytes.set(signature, SIGNATURE_AT);
  return PREFIX + encodeBase45(bytes);
}

/** A ticket's id, 20 Crockford characters, grouped for reading and typing: `7K3M-9QX2-AB0C-D4EF-G5H0`. */
export const displayTicketId = (id: string): string => id.replace(/(.{4})(?=.)/g, '$1-');

/**
 * Judges whatever a camera read. It never throws. Only the version and the key id are looked at before the signature
 * has been verified, since they say how to verify it; nothing else in an unverified ticket is believed.
 */
export async function parseTicket(code: string, trust: TicketTrust): Promise<TicketVerdict> {
  if (code.length > MAX_CODE_CHARACTERS) return { kind: 'not-a-ticket' };
  if (!code.startsWith(PREFIX)) return { kind: /^PLN[2-9]:/.test(code) ? 'update-app' : 'not-a-ticket' };
  const bytes = decodeBase45(code.slice(PREFIX.length));
  if (bytes === undefined || bytes.length === 0) return { kind: 'invalid' };
  if (bytes[0] !== VERSION) return { kind: 'update-app' };
  if (bytes.length !== SIGNATURE_AT + SIGNATURE_BYTES) return { kind: 'invalid' };
  const verify = trust.keys.get(hex(bytes.subarray(1, EVENT_AT)));
  if (verify === undefined) return { kind: 'unknown-key' };
  return (await isGenuine(bytes, verify)) ? judge(bytes, trust) : { kind: 'invalid' };
}

async function isGenuine(bytes: Uint8Array, verify: VerifySignature): Promise<boolean> {
  try {
    return await verify(bytes.subarray(0, SIGNATURE_AT), bytes.subarray(SIGNATURE_AT));
  } catch {
    return false;
  }
}

function judge(bytes: Uint8Array, { event, type, now }: TicketTrust): TicketVerdict {
  if (hex(bytes.subarray(EVENT_AT, TICKET_ID_AT)) !== hex(event)) return { kind: 'other-event' };
  if (bytes[TYPE_AT] !== type) return { kind: 'other-type' };
  const expiresAt = new Date(new DataView(bytes.buffer).getUint32(EXPIRY_AT) * 1000);
  if (now > expiresAt) return { kind: 'expired' };
  return { kind: 'valid', ticketId: bytes.slice(TICKET_ID_AT, TYPE_AT), type, expiresAt };
}

interface Ticketed extends Pick<Attendee, 'status'> {
  readonly hadTicket?: true | undefined;
}

/** Whether an attendee may hold the ticket of a registration: it is good, or was. */
export const isOrWasGood = ({ status, hadTicket }: Ticketed): boolean => status === 'confirmed' || hadTicket === true;
