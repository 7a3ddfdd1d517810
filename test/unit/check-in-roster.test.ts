import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, type RosterCursor } from '../../shared/checkin/roster/roster-cursor.ts';
import { packEntry, type RosterEntry, unpackEntry } from '../../shared/checkin/roster/roster-entry.ts';
import { ROLES } from '../../shared/registration/registration.ts';
import { openEntry, ticketHash } from '../../shared/ticket/roster-lock.ts';
import { sealEntry } from '../../shared/ticket/roster-seal.store.ts';
import { hex } from '../../shared/ticket/ticket-key.ts';

const name = fc.oneof(
  fc.constantFrom('សុខ ដារ៉ា', 'ທ້າວ ສົມ', 'ဒေါ်ခင်', 'Nguyễn Thị Ánh', 'ณัฐ'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const entry: fc.Arbitrary<RosterEntry> = fc.record({
  reference: fc.string({ minLength: 10, maxLength: 10 }),
  isConfirmed: fc.boolean(),
  category: fc.constantFrom('government', 'ngo', 'youth'),
  role: fc.constantFrom(...ROLES),
  mode: fc.constantFrom('in-person', 'online'),
  days: fc.subarray(['one', 'two']),
  sessions: fc.subarray(['s1', 's2', 's3']),
  hold: optional(fc.constantFrom('consent', 'chaperone')),
  name: optional(name),
  organisation: optional(name),
  noPhoto: optional(fc.constant(true)),
  askNeeds: optional(fc.constant(true)),
  isMinor: optional(fc.constant(true)),
  chaperone: optional(name),
  mayTakeAlong: optional(fc.constant(true as const)),
  wards: optional(fc.array(fc.stringMatching(/^[\w-]{22}$/), { minLength: 1, maxLength: 10 })),
});

describe('an entry of the roster', () => {
  it('is read as it was written, in any script', () => {
    fc.assert(
      fc.property(entry, (each) => {
        expect(unpackEntry(packEntry(each))).toEqual(each);
      }),
    );
  });
});

describe('CI11: a roster that is not readable', () => {
  const event = 'sample-forum';
  const bytes = fc.uint8Array({ minLength: 12, maxLength: 12 });
  const contents = fc.uint8Array({ maxLength: 300 });

  it('opens with the ticket and at the event that it was sealed for, on a phone as on the server', async () => {
    await fc.assert(
      fc.asyncProperty(contents, bytes, async (plain, ticket) => {
        const sealed = sealEntry(plain, ticket, event);
        expect(await openEntry(sealed, ticket, event)).toEqual(plain);
        expect(await openEntry(sealed, ticket, 'other-forum')).toBeUndefined();
      }),
    );
  });

  it('opens with no other ticket, and not after any bit of it was changed', async () => {
    const ticket = randomBytes(12);
    const sealed = sealEntry(packEntry({ ...sample, name: 'Someone' }), ticket, event);
    for (let bit = 0; bit < 96; bit += 1) {
      const other = Uint8Array.from(ticket, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(await openEntry(sealed, other, event)).toBeUndefined();
    }
    for (let bit = 0; bit < 8 * sealed.length; bit += 1) {
      const other = Uint8Array.from(sealed, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(await openEntry(other, ticket, event)).toBeUndefined();
    }
    for (const length of [0, 5, 12, 27])
      expect(await openEntry(sealed.subarray(0, length), ticket, event)).toBeUndefined();
  });

  it('shows nothing of a name, an organisation or a ticket', async () => {
    const ticket = randomBytes(12);
    const sealed = Buffer.from(
      sealEntry(packEntry({ ...sample, name: 'Someone', organisation: 'Ministry' }), ticket, event),
    );
    const stored = Buffer.concat([await ticketHash(ticket), sealed]);
    for (const secret of [Buffer.from('Someone'), Buffer.from('Ministry'), Buffer.from('government'), ticket]) {
      expect(stored.includes(secret)).toBe(false);
    }
  });

  it('tells nobody under 18 from others by how long it is', () => {
    const [named, nameless] = [{ name: 'Somchai Sample', organisation: 'Sample Ministry' }, { isMinor: true } as const];
    const lengthOf = (what: object) => packEntry({ ...sample, ...what }).length;
    expect(lengthOf(nameless)).toBe(lengthOf(named));
    expect(lengthOf({ ...nameless, hold: 'chaperone' })).toBe(lengthOf(named));
    fc.assert(
      fc.property(entry, (each) => {
        const length = packEntry(each).length;
        expect([length % 32, length >= lengthOf(nameless)]).toEqual([0, true]);
      }),
    );
  });

  it('is the same where nothing changed, and never seals two contents with one nonce', () => {
    const ticket = randomBytes(12);
    expect(sealEntry(Buffer.from('a'), ticket, event)).toEqual(sealEntry(Buffer.from('a'), ticket, event));
    const nonces = Array.from({ length: 500 }, (_, index) =>
      hex(sealEntry(Buffer.from(`${index}`), ticket, event).subarray(0, 12)),
    );
    expect(new Set(nonces).size).toBe(500);
  });

  it('lies where neither the code of the ticket nor the list of revoked ones leads', async () => {
    const ticket = randomBytes(12);
    const { revocationPrefix } = await import('../../shared/ticket/revocation-list.ts');
    expect(hex(await ticketHash(ticket))).not.toContain(hex(await revocationPrefix(ticket)));
  });
});

describe('a cursor that somebody made up', () => {
  const good: RosterCursor = {
    ...{ event: 1, isVetted: false, setup: 'a', partitions: 3, minors: 'b', feed: '', isCatchingUp: true },
    ...{ changes: '2027-11-02T03:00:00.000Z', revocations: '' },
  };

  it.each<Partial<RosterCursor>>([
    { partitions: -(10 ** 9) },
    { partitions: 0.5 },
    { changes: '' },
    { changes: 'zzz' },
    { changes: '9999' },
  ])('is none where it leads nowhere: %j', (change) => {
    expect(decodeCursor(encodeCursor(good))).toEqual(good);
    expect(decodeCursor(encodeCursor({ ...good, ...change }))).toBeUndefined();
  });
});

const sample: RosterEntry = {
  reference: '7K3M9QX2AB',
  isConfirmed: true,
  category: 'government',
  role: 'attendee',
  mode: 'in-person',
  days: ['one'],
  sessions: [],
};
