import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { ROUTES } from '../../shared/routes.ts';
import { qrMatrix } from '../../shared/ticket/qr.store.ts';
import { encodeTicket, eventFingerprint, parseTicket, TICKET_TYPE, ticketBody } from '../../shared/ticket/ticket.ts';
import { hex, rawPublicKey, ticketKeyId, trustedKeys } from '../../shared/ticket/ticket-key.ts';

/* docs/tickets.md, held against the code: by what the code makes of its example, and by reading that as the page alone says. */

const page = readFileSync('docs/tickets.md', 'utf8');
const vector = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'hex'));
/** RFC 8410: what stands before a seed in PKCS #8. */
const PKCS8_PREFIX = '302e020100300506032b657004220420';
const privateKey = createPrivateKey({
  key: Buffer.from(PKCS8_PREFIX + vector.seed, 'hex'),
  format: 'der',
  type: 'pkcs8',
});

describe('the code, of the example', () => {
  it('makes this very ticket', async () => {
    const raw = rawPublicKey(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
    const body = ticketBody({
      keyId: await ticketKeyId(raw),
      event: await eventFingerprint(vector.eventId),
      ticketId: bytesOf(vector.ticketId),
      type: TICKET_TYPE.admission,
      expiresAt: new Date(vector.expiresAt),
    });
    const signature = sign(null, body, privateKey);
    expect({
      x: Buffer.from(raw).toString('base64url'),
      kid: hex(await ticketKeyId(raw)),
      event: hex(await eventFingerprint(vector.eventId)),
      typed: encodeCrockford(bytesOf(vector.ticketId)),
      type: TICKET_TYPE.admission,
      signed: hex(body),
      signature: hex(signature),
      ticket: encodeTicket(body, signature),
    }).toEqual({
      x: vector.jwk.x,
      kid: vector.jwk.kid,
      event: vector.event,
      typed: vector.typed,
      type: vector.type,
      signed: vector.signed,
      signature: vector.signature,
      ticket: vector.ticket,
    });
  });

  it('takes it for genuine, and the altered one not', async () => {
    const trust = {
      keys: await trustedKeys([Buffer.from(vector.jwk.x, 'base64url')]),
      event: bytesOf(vector.event),
      type: TICKET_TYPE.admission,
      now: new Date('2027-11-02T00:00:00Z'),
    };
    expect(await parseTicket(vector.ticket, trust)).toEqual({
      kind: 'valid',
      ticketId: bytesOf(vector.ticketId),
      type: vector.type,
      expiresAt: new Date(vector.expiresAt),
    });
    expect(await parseTicket(vector.altered, trust)).toEqual({ kind: 'invalid' });
  });
});

/** RFC 9285, by the letter. */
function fromBase45(text: string): Buffer {
  const digits = [...text].map((each) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.indexOf(each));
  const groups = Array.from({ length: Math.ceil(digits.length / 3) }, (_, index) =>
    digits.slice(index * 3, index * 3 + 3),
  );
  return Buffer.from(
    groups.flatMap(([a = 0, b = 0, c]) => {
      const value = a + b * 45 + (c ?? 0) * 2025;
      return c === undefined ? [value] : [value >> 8, value & 255];
    }),
  );
}

describe('a stranger who has the page and a JWK', () => {
  const key = createPublicKey({ key: vector.jwk, format: 'jwk' });
  const isGenuine = (ticket: string): boolean => {
    const bytes = fromBase45(ticket.slice('PLN1:'.length));
    return verify(null, bytes.subarray(0, 30), key, bytes.subarray(30));
  };

  it('reads the fields where the table says', () => {
    const bytes = fromBase45(vector.ticket.slice('PLN1:'.length));
    expect([vector.ticket.length, bytes.length, bytes[0]]).toEqual([146, 94, 1]);
    expect(bytes.toString('hex', 1, 5)).toBe(vector.jwk.kid);
    expect(createHash('sha256').update(vector.jwk.x, 'base64url').digest('hex')).toMatch(
      new RegExp(`^${vector.jwk.kid}`),
    );
    expect(bytes.toString('hex', 5, 13)).toBe(createHash('sha256').update(vector.eventId).digest('hex').slice(0, 16));
    expect(bytes.toString('hex', 13, 25)).toBe(vector.ticketId);
    expect(bytes[25]).toBe(vector.type);
    expect(new Date(bytes.readUInt32BE(26) * 1000).toISOString()).toBe(vector.expiresAt);
    expect(bytes.toString('hex', 30)).toBe(vector.signature);
  });

  it('verifies it, and not the altered one', () => {
    expect([isGenuine(vector.ticket), isGenuine(vector.altered)]).toEqual([true, false]);
    const differing = [...vector.ticket].filter((each, index) => each !== vector.altered[index]);
    expect(differing).toHaveLength(1);
  });

  it('finds the keys at the address that the contract has, and a code of the size that the page says', () => {
    expect(page).toContain(`${ROUTES.getTicketKeys.method} ${ROUTES.getTicketKeys.path}\``);
    expect(qrMatrix(vector.ticket)).toHaveLength(49);
  });
});
