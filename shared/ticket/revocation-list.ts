import { hex, KEY_ID_BYTES, sha256, type TicketKeys } from './ticket-key.ts';

/*
 * The tickets of one event that admit nobody any more, no matter who holds them:
 *
 *   0        1         5            13        17          21           25      29
 *   | format | key id  | event      | version | issued at | expires at | count | count x 8 bytes | signature |
 *                       first 8 of    rises     epoch seconds                    sorted first      Ed25519,
 *                       SHA-256(id)   with                                       bytes of SHA-256  64 bytes
 *                                     each change                                (ticket id)
 */
const FORMAT = 1;
const EVENT_BYTES = 8;
const EVENT_AT = 1 + KEY_ID_BYTES;
const VERSION_AT = EVENT_AT + EVENT_BYTES;
const ISSUED_AT = VERSION_AT + 4;
const EXPIRES_AT = ISSUED_AT + 4;
const COUNT_AT = EXPIRES_AT + 4;
const PREFIXES_AT = COUNT_AT + 4;
const PREFIX_BYTES = 8;
const SIGNATURE_BYTES = 64;
/** What a signature of a list begins with, so that it is no signature of anything else; a ticket's message begins with its version. */
const PURPOSE = new TextEncoder().encode('plenary-revocations');

/** Milliseconds after which a device says that its list is old. */
export const STALE_AFTER = 15 * 60 * 1000;

export interface RevocationFields {
  /** `ticketKeyId` of the key that will sign: 4 bytes. */
  readonly keyId: Uint8Array;
  /** `eventFingerprint` of the event's id: 8 bytes. */
  readonly event: Uint8Array;
  /** Raised with each change. */
  readonly version: number;
  /** Both kept to the second. */
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** `revocationPrefix` of each ticket, in any order. */
  readonly prefixes: readonly Uint8Array[];
}

export interface RevocationList {
  readonly version: number;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** How many tickets it names. */
  readonly count: number;
  readonly isRevoked: (prefix: Uint8Array) => boolean;
}

export type RevocationRefusal = 'not-a-list' | 'update-app' | 'invalid' | 'other-event';

/** What stands in the list for a ticket: it tells nobody which ticket that is. */
export async function revocationPrefix(ticketId: Uint8Array): Promise<Uint8Array> {
  return (await sha256(ticketId)).subarray(0, PREFIX_BYTES);
}

/** The list without its signature. @throws RangeError if a field has the wrong length */
export function revocationBody({ keyId, event, version, issuedAt, expiresAt, prefixes }: RevocationFields): Uint8Array {
  if (keyId.length !== KEY_ID_BYTES || event.length !== EVENT_BYTES) throw new RangeError('wrong key id or event');
  const sorted = [...new Map(prefixes.map((prefix) => [hex(prefix), prefix])).entries()].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const body = new Uint8Array(PREFIXES_AT + PREFIX_BYTES * sorted.length);
  const view = new DataView(body.buffer);
  body[0] = FORMAT;
  body.set(keyId, 1);
  body.set(event, EVENT_AT);
  view.setUint32(VERSION_AT, version);
  view.setUint32(ISSUED_AT, Math.floor(issuedAt.getTime() / 1000));
  view.setUint32(EXPIRES_AT, Math.floor(expiresAt.getTime() / 1000));
  view.setUint32(COUNT_AT, sorted.length);
  sorted.forEach(([, prefix], index) => {
    if (prefix.length !== PREFIX_BYTES) throw new RangeError('a prefix is 8 bytes');
    body.set(prefix, PREFIXES_AT + PREFIX_BYTES * index);
  });
  return body;
}

/** What is signed: a fixed length however long the list, for KMS signs no more than 4,096 bytes. */
export async function revocationMessage(body: Uint8Array): Promise<Uint8Array> {
  const message = new Uint8Array(PURPOSE.length + 32);
  message.set(PURPOSE);
  message.set(await sha256(body), PURPOSE.length);
  return message;
}

export function encodeRevocations(body: Uint8Array, signature: Uint8Array): Uint8Array {
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError('a signature is 64 bytes');
  const bytes = new Uint8Array(body.length + SIGNATURE_BYTES);
  bytes.set(body);
  bytes.set(signature, body.length);
  return bytes;
}

/** Reads a list that came from anywhere. It never throws, and believes nothing before the signature. */
export async function parseRevocations(
  bytes: Uint8Array,
  { keys, event }: { readonly keys: TicketKeys; readonly event: Uint8Array },
): Promise<RevocationList | RevocationRefusal> {
  if (bytes.length === 0) return 'not-a-list';
  if (bytes[0] !== FORMAT) return 'update-app';
  if (bytes.length < PREFIXES_AT + SIGNATURE_BYTES) return 'not-a-list';
  const verify = keys.get(hex(bytes.subarray(1, EVENT_AT)));
  if (verify === undefined) return 'update-app';
  const body = bytes.slice(0, -SIGNATURE_BYTES);
  const isGenuine = await verify(await revocationMessage(body), bytes.slice(-SIGNATURE_BYTES)).catch(() => false);
  if (!isGenuine) return 'invalid';
  if (hex(body.subarray(EVENT_AT, VERSION_AT)) !== hex(event)) return 'other-event';
  return listIn(body);
}

function listIn(body: Uint8Array): RevocationList | RevocationRefusal {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const count = view.getUint32(COUNT_AT);
  if (body.length !== PREFIXES_AT + PREFIX_BYTES * count) return 'invalid';
  const at = (index: number) => view.getBigUint64(PREFIXES_AT + PREFIX_BYTES * index);
  return {
    version: view.getUint32(VERSION_AT),
    issuedAt: new Date(view.getUint32(ISSUED_AT) * 1000),
    expiresAt: new Date(view.getUint32(EXPIRES_AT) * 1000),
    count,
    isRevoked(prefix) {
      const wanted = new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES).getBigUint64(0);
      let low = 0;
      let high = count - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const found = at(middle);
        if (found === wanted) return true;
        if (found < wanted) low = middle + 1;
        else high = middle - 1;
      }
      return false;
    },
  };
}

/** Whether a device takes a list in place of the one that it has: never an older one, which would bring back a ticket (TK8). */
export const isNewer = (
  next: Pick<RevocationList, 'version' | 'issuedAt'>,
  now: Pick<RevocationList, 'version' | 'issuedAt'> | undefined,
): boolean =>
  now === undefined ||
  next.version > now.version ||
  (next.version === now.version && next.issuedAt.getTime() >= now.issuedAt.getTime());

/** How far a device may rely on what it has: it goes on with an old list, and says so. */
export function freshness(
  list: Pick<RevocationList, 'issuedAt' | 'expiresAt'> | undefined,
  now: Date,
): 'fresh' | 'stale' | 'expired' | 'missing' {
  if (list === undefined) return 'missing';
  if (now >= list.expiresAt) return 'expired';
  return now.getTime() - list.issuedAt.getTime() > STALE_AFTER ? 'stale' : 'fresh';
}
