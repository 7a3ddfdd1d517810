import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionProblems } from '../../shared/event/publish/definition-problems.case.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { PoolId, UnprovenSeat } from '../../shared/seats/seat.schema.ts';
import {
  crowdedDomains,
  groupSeats,
  isIn,
  isNeverReached,
  isOver,
  isReleased,
  isToBeAsked,
  keptUntil,
  mayGiveWay,
  parseRelease,
  releaseName,
  seatsToRelease,
  unprovenListOf,
  unprovenLists,
  unprovenSeatOf,
} from '../../shared/seats/unproven-seat.ts';
import { forum } from '../support/forum.ts';

const HOUR = 60 * 60 * 1000;
const CAME = '2027-03-01T08:15:30.000Z';
const hoursOn = (hours: number): Date => new Date(Date.parse(CAME) + hours * HOUR);
const at = (hours: number): string => hoursOn(hours).toISOString();

const event = { ...forum(), timeZone: 'Asia/Phnom_Penh' };
const seat = (changes: Partial<UnprovenSeat> = {}): UnprovenSeat => ({
  reference: '7K3M9QX2BC',
  submittedAt: CAME,
  domain: 'example.org',
  pools: [{ quota: 'room' }],
  ...changes,
});

const registration = {
  status: 'confirmed',
  role: 'attendee',
  unproven: true,
  reference: '7K3M9QX2BC',
  submittedAt: CAME,
  email: 'someone@Example.org',
  seats: [{ quota: 'room', shard: 11, state: 'taken' }],
} as unknown as Registration;

describe('a seat that nobody has proven', () => {
  it('is one of an adult without a task, and stands in one list of its quota that all lists hold', () => {
    expect(unprovenSeatOf(registration)).toEqual(seat());
    const lists = unprovenLists([{ id: 'room', shards: 12 }]);
    expect(lists).toHaveLength(8);
    expect(lists).toContainEqual(unprovenListOf(registration));
    const others: Partial<Registration>[] = [
      { unproven: undefined },
      { ageBand: 'minor' },
      { role: 'speaker' },
      { chaperoning: { minors: {} } },
      { status: 'waitlisted' },
      { seats: [] },
    ];
    for (const other of others) expect(unprovenSeatOf({ ...registration, ...other })).toBeUndefined();
  });

  it('is asked for again 48 hours after the first mail, once', () => {
    expect(isToBeAsked(seat(), hoursOn(47.9))).toBe(false);
    expect(isToBeAsked(seat(), hoursOn(48))).toBe(true);
    expect(isToBeAsked(seat({ deliveredAt: at(5) }), hoursOn(52.9))).toBe(false);
    expect(isToBeAsked(seat({ deliveredAt: at(5) }), hoursOn(53))).toBe(true);
    expect(isToBeAsked(seat({ askedAt: at(48) }), hoursOn(500))).toBe(false);
  });

  it('stays until the moment that the second mail names, and may go soon after', () => {
    for (const [deliveredAt, askedAt] of [
      [0, 48],
      [1, 60],
      [1, 165],
    ] as const) {
      const asked = seat({ deliveredAt: at(deliveredAt), askedAt: at(askedAt) });
      const named = keptUntil(asked, event, at(askedAt)).getTime();
      expect(isOver(asked, event, new Date(named - 1))).toBe(false);
      expect(isOver(asked, event, new Date(named + deliveredAt * HOUR))).toBe(true);
    }
  });

  it('is over so long after its first mail was delivered, never without a delivery, nor without a second mail', () => {
    const asked = seat({ deliveredAt: at(1), askedAt: at(49) });
    expect(isOver(asked, event, hoursOn(168.9))).toBe(false);
    expect(isOver(asked, event, hoursOn(169))).toBe(true);
    const soon = { ...event, registration: { ...event.registration, proveWithin: '72 hours' } };
    expect(isOver(asked, soon, hoursOn(72.9))).toBe(false);
    expect(isOver(asked, soon, hoursOn(73))).toBe(true);
    expect(isOver(seat({ askedAt: at(49) }), event, hoursOn(5_000))).toBe(false);
    expect(isOver(seat({ deliveredAt: at(1) }), event, hoursOn(5_000))).toBe(false);
    // An attendee who was asked late has a day to answer.
    expect(isOver(seat({ deliveredAt: at(1), askedAt: at(160) }), event, hoursOn(183.9))).toBe(false);
    expect(isNeverReached(seat(), hoursOn(71.9))).toBe(false);
    expect(isNeverReached(seat(), hoursOn(72))).toBe(true);
    expect(isNeverReached(seat({ deliveredAt: at(1) }), hoursOn(500))).toBe(false);
  });

  it('stays in the last 72 hours before the event', () => {
    const start = Date.parse('2027-11-02T09:00:00+07:00');
    const days = [{ id: 'one', title: { en: 'One', km: 'ក' }, date: '2027-11-02', start: '09:00', end: '17:00' }];
    expect(mayGiveWay({ ...event, days }, new Date(start - 72 * HOUR - 1))).toBe(true);
    expect(mayGiveWay({ ...event, days }, new Date(start - 72 * HOUR))).toBe(false);
  });

  it('is shown by domain and minute, and a domain with unusually many at once', () => {
    const many = Array.from({ length: 20 }, (_, number) => seat({ reference: String(number) }));
    const few = [
      seat({ domain: 'other.test' }),
      seat({ domain: 'other.test', submittedAt: '2027-03-01T08:16:00.000Z' }),
    ];
    expect(groupSeats([...few, ...many])).toEqual([
      { domain: 'example.org', minute: '2027-03-01T08:15', seats: 20 },
      { domain: 'other.test', minute: '2027-03-01T08:15', seats: 1 },
      { domain: 'other.test', minute: '2027-03-01T08:16', seats: 1 },
    ]);
    expect(crowdedDomains([...few, ...many])).toEqual([{ domain: 'example.org', seats: 20 }]);
    expect(crowdedDomains(many.slice(1))).toEqual([]);
    for (const release of [{ domain: 'example.org' }, { domain: 'example.org', minute: '2027-03-01T08:15' }]) {
      expect(parseRelease(releaseName(release))).toEqual(release);
    }
    expect(isReleased(seat(), { domain: 'example.org' }, event, hoursOn(0))).toBe(true);
    expect(isReleased(seat(), { domain: 'other.test' }, event, hoursOn(0))).toBe(false);
    expect(isReleased(seat(), { domain: 'example.org', minute: '2027-03-01T08:15' }, event, hoursOn(500))).toBe(false);
    const over = seat({ deliveredAt: at(1), askedAt: at(49) });
    expect(isReleased(over, { domain: 'example.org', minute: '2027-03-01T08:15' }, event, hoursOn(500))).toBe(true);
    expect(isReleased(over, { domain: 'example.org', minute: '2027-03-01T08:16' }, event, hoursOn(500))).toBe(false);
  });

  it('has a time that two mails fit in', () => {
    const problemsOf = (proveWithin: string) =>
      definitionProblems(forum({ registration: { ...forum().registration, proveWithin } })).map(({ path }) => path);
    expect(problemsOf('72 hours')).toEqual([]);
    expect(problemsOf('3 days')).toEqual([]);
    expect(problemsOf('71 hours')).toEqual([['registration', 'proveWithin']]);
    expect(problemsOf('2 days')).toEqual([['registration', 'proveWithin']]);
  });
});

const pool: fc.Arbitrary<PoolId> = fc.constantFrom({ quota: 'a' }, { quota: 'b' }, { quota: 'c', group: 'KH' });
const pools = fc.uniqueArray(pool, { minLength: 1, maxLength: 3, selector: ({ quota }) => quota });
const name = ({ quota, group = '' }: PoolId): string => `${quota}#${group}`;

describe('AB15: seats that go to those who wait', () => {
  it('are as many as help them in their order, and none that helps nobody', () => {
    fc.assert(
      fc.property(
        fc.array(pools, { maxLength: 8 }),
        fc.array(pools, { maxLength: 8 }),
        fc.dictionary(fc.constantFrom('a#', 'b#', 'c#KH'), fc.nat({ max: 2 })),
        (waits, held, free) => {
          const over = held.map((each, index) =>
            seat({ reference: String(index), submittedAt: at(index), pools: each }),
          );
          const freeIn = (each: PoolId): number => free[name(each)] ?? 0;
          const gone = seatsToRelease(
            waits.map((waitsFor) => ({ waitsFor })),
            over,
            freeIn,
          );
          expect(new Set(gone).size).toBe(gone.length);
          // Given in order, as the waiting list is gone through: each seat that went is needed by one of them.
          const seatsFor = (released: readonly UnprovenSeat[]): number => {
            const left = new Map<string, number>();
            for (const each of [{ quota: 'a' }, { quota: 'b' }, { quota: 'c', group: 'KH' }]) {
              left.set(name(each), freeIn(each) + released.filter((one) => isIn(one, each)).length);
            }
            let served = 0;
            for (const waitsFor of waits) {
              if (!waitsFor.every((each) => (left.get(name(each)) ?? 0) > 0)) continue;
              served += 1;
              for (const each of waitsFor) left.set(name(each), (left.get(name(each)) ?? 0) - 1);
            }
            return served;
          };
          expect(seatsFor(gone)).toBeGreaterThanOrEqual(seatsFor([]));
          // The first who could have a seat by any of them has one by those that went.
          const [first] = waits;
          if (first?.every((each) => freeIn(each) > 0 || over.some((one) => isIn(one, each)))) {
            expect(first.every((each) => freeIn(each) > 0 || gone.some((one) => isIn(one, each)))).toBe(true);
          }
          if (waits.length === 0) expect(gone).toEqual([]);
        },
      ),
    );
  });

  it('are the oldest, one for each who waits', () => {
    const over = [3, 1, 2].map((number) => seat({ reference: String(number), submittedAt: at(number) }));
    const room = { waitsFor: [{ quota: 'room' }] };
    const references = (waiters: number, free: number) =>
      seatsToRelease(Array(waiters).fill(room), over, () => free).map(({ reference }) => reference);
    expect(references(2, 0)).toEqual(['1', '2']);
    expect(references(2, 1)).toEqual(['1']);
    expect(references(9, 0)).toEqual(['1', '2', '3']);
    expect(references(2, 2)).toEqual([]);
    expect(seatsToRelease([{ waitsFor: [{ quota: 'other' }] }], over, () => 0)).toEqual([]);
  });
});
