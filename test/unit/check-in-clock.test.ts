import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterReload,
  better,
  clampedTime,
  correctedTime,
  type Exchange,
  type Offset,
  offsetFrom,
} from '../../shared/checkin/clock.ts';

const DAY = 24 * 60 * 60 * 1000;

/** An exchange of a device whose clock is behind the server's by so much; the answer is written somewhere on the way. */
const exchange = fc
  .record({
    ahead: fc.integer({ min: -DAY, max: DAY }),
    sentAt: fc.integer({ min: 1.8e12, max: 1.9e12 }),
    there: fc.integer({ min: 0, max: 5000 }),
    back: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ ahead, sentAt, there, back }) => ({ ahead, told: tell(sentAt, ahead, there, back) }));

function tell(sentAt: number, ahead: number, there: number, back: number): Exchange {
  const written = sentAt + there + ahead;
  return { sentAt, receivedAt: sentAt + there + back, serverDate: Math.floor(written / 1000) * 1000 };
}

describe("TK9: what a device knows of the server's clock", () => {
  it('is never more wrong than it says, whatever the clock and the network', () => {
    fc.assert(
      fc.property(exchange, ({ ahead, told }) => {
        const { offset, error } = offsetFrom(told);
        expect(Math.abs(offset - ahead)).toBeLessThanOrEqual(error);
      }),
    );
  });

  it('gets no worse with each exchange, and stays true', () => {
    const course = fc.tuple(
      fc.integer({ min: -DAY, max: DAY }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 })), { minLength: 1 }),
    );
    fc.assert(
      fc.property(course, ([ahead, trips]) => {
        let known: Offset | undefined;
        trips.forEach(([there, back], index) => {
          const next = better(known, offsetFrom(tell(1.8e12 + 7919 * index, ahead, there, back)));
          expect(next.error).toBeLessThanOrEqual((known?.error ?? Number.POSITIVE_INFINITY) + 1e-3);
          expect(Math.abs(next.offset - ahead)).toBeLessThanOrEqual(next.error + 1e-3);
          known = next;
        });
      }),
    );
  });

  it('is learned anew where somebody set the clock', () => {
    const known = { offset: 0, error: 600 };
    const next = { offset: -3_600_000, error: 900 };
    expect(better(known, next)).toEqual(next);
  });

  it('goes on by the clock that nobody sets', () => {
    const anchor = { offset: 5000, error: 600, at: { wall: 1_000_000, steady: 100 } };
    expect(correctedTime(anchor, { wall: 1_000_000 + DAY, steady: 160 })).toBe(1_005_060);
    expect(correctedTime(afterReload(anchor, { wall: 1_010_000, steady: 3 }), { wall: 0, steady: 13 })).toBe(1_015_010);
  });

  it('is believed by the server between enrolment and now, so that no scan is of next year', () => {
    expect(clampedTime(500, 100, 900)).toBe(500);
    expect(clampedTime(50, 100, 900)).toBe(100);
    expect(clampedTime(900 + 365 * DAY, 100, 900)).toBe(900);
  });
});
