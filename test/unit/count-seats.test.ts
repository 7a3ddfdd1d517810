import fc from 'fast-check';
import { expect, it } from 'vitest';
import { corrected, countSeats, type SeatCount } from '../../shared/seats/kept-seats.ts';
import type { Counter } from '../../shared/seats/quota.ts';

const counted = fc.record({ taken: fc.nat(9), waiting: fc.nat(3) });
const split = fc.record({ taken: fc.nat(9), waiting: fc.nat(3), open: fc.nat(5), kept: fc.nat(3) }).map(
  ({ taken, waiting, open, kept }): Counter => ({
    ...{ capacity: taken + open + kept, taken, waiting },
    split: { open, kept, openings: 4, counters: 3 },
  }),
);
const sum = (counters: readonly Counter[], of: (counter: Counter) => number): number =>
  counters.reduce((all, each) => all + of(each), 0);

it('RE3: corrected counters say what registrations hold, give no seat twice, and add none to the pool', () => {
  fc.assert(
    fc.property(
      fc.array(split, { minLength: 3, maxLength: 3 }),
      fc.array(counted, { minLength: 3, maxLength: 3 }),
      (counters, held) => {
        const after = corrected(counters, held);
        expect(after.map(({ taken, waiting }): SeatCount => ({ taken, waiting }))).toEqual(held);
        expect(sum(after, ({ capacity }) => capacity)).toBe(sum(counters, ({ capacity }) => capacity));
        for (const [shard, { capacity, taken, split: { open, kept } = { open: 0, kept: 0 } }] of after.entries()) {
          expect(capacity).toBe(taken + open + kept);
          expect(open).toBeGreaterThanOrEqual(0);
          // What lacks is owed by the first: `pool.store.ts` pays it before any other seat is given.
          if (shard > 0) expect(kept).toBeGreaterThanOrEqual(0);
        }
        expect(corrected(after, held)).toEqual(after);
      },
    ),
  );
});

it('a counter that is right stays as it is, and one alone says what is held', () => {
  fc.assert(
    fc.property(fc.array(split, { minLength: 1 }), (counters) => {
      expect(corrected(counters, counters)).toEqual(counters);
    }),
  );
  const alone = { capacity: 2, taken: 1, waiting: 0 };
  expect(corrected([alone], [{ taken: 3, waiting: 1 }])).toEqual([{ capacity: 2, taken: 3, waiting: 1 }]);
});

it('seats are counted where they are held', () => {
  const seats = [
    { quota: 'all', shard: 0, state: 'taken' },
    { quota: 'all', shard: 0, state: 'taken' },
    { quota: 'all', shard: 1, state: 'waiting' },
    { quota: 'per', group: 'KH', shard: 0, state: 'taken' },
  ] as const;
  expect(Object.fromEntries(countSeats(seats))).toEqual({
    'all##0': { taken: 2, waiting: 0 },
    'all##1': { taken: 0, waiting: 1 },
    'per#KH#0': { taken: 1, waiting: 0 },
  });
});
