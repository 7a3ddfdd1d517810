import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterSearch,
  afterWrongCode,
  MOST_SEARCHES,
  newSearchLock,
  SEARCH_IDLE,
  searchesWithinHour,
  searchStatus,
} from '../../shared/checkin/search/search-lock.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2027-11-02T01:07:00Z');

describe("AU10: a desk's search", () => {
  it('is locked at first, opened by a search, and locks five minutes after the last one', () => {
    const lock = newSearchLock('hash');
    expect(searchStatus(lock, NOW)).toBe('locked');
    const open = afterSearch(lock, NOW);
    expect(searchStatus(open, NOW + SEARCH_IDLE - 1)).toBe('open');
    expect(searchStatus(open, NOW + SEARCH_IDLE)).toBe('locked');
    const later = afterSearch(open, NOW + SEARCH_IDLE - 1);
    expect(searchStatus(later, NOW + 2 * SEARCH_IDLE - 2)).toBe('open');
  });

  it('ends with five wrong codes in a row, however it stood, and is ended without a code', () => {
    let lock = newSearchLock('hash');
    for (let wrong = 1; wrong < 5; wrong += 1) lock = afterWrongCode(lock);
    expect(searchStatus(lock, NOW)).toBe('locked');
    expect(searchStatus(afterWrongCode(afterSearch(lock, NOW)), NOW + SEARCH_IDLE)).toBe('locked');
    expect(searchStatus(afterWrongCode(lock), NOW)).toBe('ended');
    expect(searchStatus(undefined, NOW)).toBe('ended');
  });

  it('is answered no more than the budget within any hour, whenever it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 600, maxLength: 900 }), (pauses) => {
        let lock = newSearchLock('hash');
        let now = NOW;
        const answered: number[] = [];
        for (const pause of pauses) {
          now += pause % 9000;
          if (searchesWithinHour(lock, now) >= MOST_SEARCHES) continue;
          lock = afterSearch(lock, now);
          answered.push(now);
        }
        answered.forEach((at, index) => {
          const within = answered.slice(index).filter((other) => other < at + HOUR).length;
          if (within > MOST_SEARCHES) throw new Error(`${within} within an hour`);
        });
        return lock.steps.length <= 8 && lock.searches === answered.length;
      }),
      { numRuns: 30 },
    );
  });

  it('is never met by a desk that takes half a minute for each person, all day', () => {
    let lock = newSearchLock('hash');
    for (let person = 0; person < 10 * 120; person += 1) {
      const now = NOW + person * 30_000;
      expect(searchesWithinHour(lock, now)).toBeLessThan(MOST_SEARCHES);
      lock = afterSearch(lock, now);
    }
  });
});
