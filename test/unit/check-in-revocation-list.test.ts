import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  encodeRevocations,
  freshness,
  isNewer,
  parseRevocations,
  type RevocationFields,
  revocationBody,
  revocationMessage,
  revocationPrefix,
} from '../../shared/ticket/revocation-list.ts';
import { eventFingerprint } from '../../shared/ticket/ticket.ts';
import { trustedKeys } from '../../shared/ticket/ticket-key.ts';
import { EVENT, makeIssuer } from './ticket-fixture.ts';

let issuer: Awaited<ReturnType<typeof makeIssuer>>;
let trust: Parameters<typeof parseRevocations>[1];
const issuedAt = new Date('2027-11-02T08:00:00Z');
const minutes = (count: number) => new Date(issuedAt.getTime() + count * 60_000);

beforeAll(async () => {
  issuer = await makeIssuer();
  trust = { keys: await trustedKeys([issuer.raw]), event: await eventFingerprint(EVENT) };
});

const ticketId = (number: number) => {
  const id = new Uint8Array(12);
  new DataView(id.buffer).setUint32(8, number);
  return id;
};

async function make(tickets: readonly number[], change: Partial<RevocationFields> = {}): Promise<Uint8Array> {
  const prefixes = await Promise.all(tickets.map((number) => revocationPrefix(ticketId(number))));
  const { keyId, event } = issuer.fields;
  const body = revocationBody({ keyId, event, version: 7, issuedAt, expiresAt: minutes(60), prefixes, ...change });
  return encodeRevocations(body, issuer.signBody(await revocationMessage(body)));
}

async function read(bytes: Uint8Array) {
  const list = await parseRevocations(bytes, trust);
  if (typeof list === 'string') throw new Error(list);
  return list;
}

describe('TK8: the list of revoked tickets', () => {
  it('names those tickets and no others, in whatever order and however often they were given', async () => {
    const list = await read(await make([5, 1, 3, 1]));
    expect(list).toMatchObject({ version: 7, issuedAt, expiresAt: minutes(60), count: 3 });
    for (let number = 0; number < 8; number += 1) {
      expect(list.isRevoked(await revocationPrefix(ticketId(number)))).toBe([1, 3, 5].includes(number));
    }
  });

  it('finds every one of many, and is about 2 KB for 5 % of 5,000 tickets', async () => {
    const tickets = Array.from({ length: 250 }, (_, index) => 20 * index);
    const bytes = await make(tickets);
    expect(bytes.length).toBeLessThan(2100);
    const list = await read(bytes);
    for (const number of tickets) expect(list.isRevoked(await revocationPrefix(ticketId(number)))).toBe(true);
    expect(list.isRevoked(await revocationPrefix(ticketId(1)))).toBe(false);
  });

  it('may be empty', async () => {
    expect((await read(await make([]))).isRevoked(await revocationPrefix(ticketId(1)))).toBe(false);
  });

  it('is believed only as it was signed: no bit of it may be another', async () => {
    const bytes = await make([1, 2]);
    for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await parseRevocations(flipped, trust)).toBeTypeOf('string');
    }
  });

  it('never throws, whatever bytes come', async () => {
    const bytes = await make([1]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(bytes.length), async (noise, keep) => {
        expect(await parseRevocations(noise, trust)).toBeTypeOf('string');
        const mixed = Uint8Array.from([...bytes.subarray(0, keep), ...noise]);
        const verdict = await parseRevocations(mixed, trust);
        if (typeof verdict !== 'string') expect(mixed).toEqual(bytes);
      }),
    );
  });

  it('of another event is refused, and one of another key or format asks for a newer app', async () => {
    expect(await parseRevocations(await make([1], { event: await eventFingerprint('other') }), trust)).toBe(
      'other-event',
    );
    expect(await parseRevocations(await make([1], { keyId: Uint8Array.of(1, 2, 3, 4) }), trust)).toBe('update-app');
    expect(await parseRevocations(Uint8Array.of(2, ...(await make([1])).subarray(1)), trust)).toBe('update-app');
  });

  it("is not signed by a ticket's signature: what is signed says what it is for", async () => {
    const { keyId, event } = issuer.fields;
    const body = revocationBody({ keyId, event, version: 1, issuedAt, expiresAt: minutes(60), prefixes: [] });
    expect(await parseRevocations(encodeRevocations(body, issuer.signBody(body)), trust)).toBe('invalid');
  });

  it('is never replaced by an older one', async () => {
    const now = { version: 7, issuedAt };
    expect(isNewer(now, undefined)).toBe(true);
    expect(isNewer({ version: 8, issuedAt: minutes(-5) }, now)).toBe(true);
    expect(isNewer({ version: 7, issuedAt: minutes(5) }, now)).toBe(true);
    expect(isNewer({ version: 7, issuedAt: minutes(-5) }, now)).toBe(false);
    expect(isNewer({ version: 6, issuedAt: minutes(5) }, now)).toBe(false);
  });

  it('is said to be old after a quarter of an hour, and to be over when it expired', () => {
    const list = { issuedAt, expiresAt: minutes(60) };
    expect(freshness(undefined, issuedAt)).toBe('missing');
    expect(freshness(list, minutes(15))).toBe('fresh');
    expect(freshness(list, new Date(minutes(15).getTime() + 1))).toBe('stale');
    expect(freshness(list, minutes(60))).toBe('expired');
  });
});
