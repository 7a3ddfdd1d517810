import { beforeAll, describe, expect, it } from 'vitest';
import {
  decodeBase45,
  displayTicketId,
  encodeBase45,
  encodeTicket,
  eventFingerprint,
  parseTicket,
  type TicketTrust,
  ticketBody,
} from '../../shared/ticket/ticket.ts';
import { rawPublicKey, trustedKeys } from '../../shared/ticket/ticket-key.ts';
import { EVENT, makeIssuer } from './ticket-fixture.ts';

const PREFIX = 'PLN1:';
const VERSION_AND_KEY_BYTES = 5;

let issuer: Awaited<ReturnType<typeof makeIssuer>>;
let trust: TicketTrust;
let code: string;

beforeAll(async () => {
  issuer = await makeIssuer();
  trust = {
    keys: await trustedKeys([issuer.raw]),
    event: await eventFingerprint(EVENT),
    type: 1,
    now: new Date('2027-11-02T02:00:00Z'),
  };
  code = issuer.issue();
});

const bytesOf = (ticket: string): Uint8Array => decodeBase45(ticket.slice(PREFIX.length)) ?? new Uint8Array();
const codeOf = (bytes: Uint8Array): string => PREFIX + encodeBase45(bytes);
const kindOf = async (ticket: string, changed: Partial<TicketTrust> = {}): Promise<string> =>
  (await parseTicket(ticket, { ...trust, ...changed })).kind;

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

describe('a ticket', () => {
  it('is 94 bytes in 146 characters, and is read back', async () => {
    expect(bytesOf(code)).toHaveLength(94);
    expect(code).toHaveLength(146);
    expect(await parseTicket(code, trust)).toEqual({
      kind: 'valid',
      ticketId: issuer.fields.ticketId,
      type: 1,
      expiresAt: issuer.fields.expiresAt,
    });
  });

  it('is invalid with any one bit flipped; a flip in version asks for a newer app, in key id for fresh keys (TK1, TK4)', async () => {
    const bytes = bytesOf(code);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const expected = bit < 8 ? 'update-app' : bit < VERSION_AND_KEY_BYTES * 8 ? 'unknown-key' : 'invalid';
      expect(await kindOf(codeOf(flipped(bytes, bit))), `bit ${bit}`).toBe(expected);
    }
  });

  it('is never valid with a bit of its text flipped (TK1)', async () => {
    for (let at = 0; at < code.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const character = String.fromCharCode(code.charCodeAt(at) ^ (1 << bit));
        expect(await kindOf(code.slice(0, at) + character + code.slice(at + 1)), `${at}.${bit}`).not.toBe('valid');
      }
    }
  });

  it('is never valid cut short or drawn out', async () => {
    for (let length = 0; length < code.length; length += 1) {
      expect(await kindOf(code.slice(0, length))).not.toBe('valid');
    }
    for (const tail of ['0', '00', '000', ' ', '\n', code]) expect(await kindOf(code + tail)).toBe('invalid');
  });

  it('believes nothing before the signature (TK3)', async () => {
    const other = issuer.issue({ event: await eventFingerprint('another-forum'), type: 2, expiresAt: new Date(0) });
    expect(await kindOf(other)).toBe('other-event');
    expect(await kindOf(codeOf(flipped(bytesOf(other), 93 * 8)))).toBe('invalid');
  });

  it('is invalid when signed by someone else who claims the key id', async () => {
    const forger = await makeIssuer();
    const body = ticketBody(issuer.fields);
    expect(await kindOf(encodeTicket(body, forger.signBody(body)))).toBe('invalid');
  });

  it('of an unknown version asks for a newer app, and of an unknown key for fresh keys (TK4)', async () => {
    expect(await kindOf((await makeIssuer()).issue())).toBe('unknown-key');
    expect(await kindOf(codeOf(Uint8Array.of(2, 0, 0)))).toBe('update-app');
    expect(await kindOf('PLN2:ANYTHING')).toBe('update-app');
  });

  it('stays valid while its key is trusted, beside newer keys, and no longer (TK5)', async () => {
    const newer = await makeIssuer();
    expect(await kindOf(code, { keys: await trustedKeys([newer.raw, issuer.raw]) })).toBe('valid');
    expect(await kindOf(code, { keys: await trustedKeys([newer.raw]) })).not.toBe('valid');
  });

  it('of another event or type is refused with that reason (TK6)', async () => {
    expect(await kindOf(code, { event: await eventFingerprint('another-forum') })).toBe('other-event');
    expect(await kindOf(issuer.issue({ type: 2 }))).toBe('other-type');
    expect(await kindOf(code, { type: 2 })).toBe('other-type');
  });

  it('is valid to the second of its expiry', async () => {
    const { expiresAt } = issuer.fields;
    expect(await kindOf(code, { now: expiresAt })).toBe('valid');
    expect(await kindOf(code, { now: new Date(expiresAt.getTime() + 1) })).toBe('expired');
  });

  it('is invalid, not an exception, where the verifier fails', async () => {
    const keys = new Map([...trust.keys].map(([id]) => [id, () => Promise.reject(new Error('no Ed25519 here'))]));
    expect(await kindOf(code, { keys })).toBe('invalid');
  });

  it.each(['', 'PLN1', 'https://example.org', 'pln1:', 'PLN0:', '🎫', '\0', 'A'.repeat(1_000_000)])(
    'is not a ticket: %.20s',
    async (text) => {
      expect(await kindOf(text)).toBe('not-a-ticket');
    },
  );

  it('of no bytes is invalid', async () => {
    expect(await kindOf(PREFIX)).toBe('invalid');
  });

  it('shows its id grouped for typing', () => {
    expect(displayTicketId('7K3M9QX2AB0CD4EFG5H0')).toBe('7K3M-9QX2-AB0C-D4EF-G5H0');
  });

  it('is not made from fields of the wrong length', () => {
    expect(() => ticketBody({ ...issuer.fields, ticketId: new Uint8Array(11) })).toThrow(RangeError);
    expect(() => encodeTicket(new Uint8Array(30), new Uint8Array(63))).toThrow(RangeError);
    expect(() => rawPublicKey(new Uint8Array(44))).toThrow(RangeError);
  });
});
