import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARRIVAL_STEP, arrivalsOf } from '../../shared/checkin/attendance/arrivals.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import { fewerSteps } from '../../web/console/checkin/one-list.tsx';

const NINE = Date.parse('2027-11-02T02:00:00Z');
const MINUTE = 60_000;
const scan = (ticket: string, minutes: number, more: Partial<ScanMark> = {}) => ({
  ticket,
  mark: {
    scanId: `${ticket}${minutes}`,
    device: 'one',
    kind: 'in' as const,
    correctedAt: NINE + minutes * MINUTE,
    ...more,
  },
});

describe('when people came', () => {
  it('is told in steps of five minutes, each person once, at the check-in that counts', () => {
    const scans = [scan('b', 4), scan('a', 0), scan('a', 12), scan('a', 0), scan('c', 11)];
    expect(arrivalsOf(scans, { passing: 'once' })).toEqual([
      { from: NINE, came: 2 },
      { from: NINE + 10 * MINUTE, came: 1 },
    ]);
  });

  it('leaves out who was taken back, and who only left', () => {
    const undone = scan('a', 0);
    const undo = scan('a', 0.5, { scanId: 'undo', kind: 'undo', undoes: undone.mark.scanId });
    expect(arrivalsOf([undone, undo, scan('b', 3, { kind: 'out' })], { passing: 'in-and-out' })).toEqual([]);
  });

  it('CI4: is the same in whatever order scans arrive, and however often', () => {
    const one = fc.record({ ticket: fc.constantFrom('a', 'b', 'c'), minutes: fc.integer({ min: 0, max: 90 }) });
    fc.assert(
      fc.property(fc.array(one), fc.constantFrom('once', 'again', 'in-and-out'), (all, passing) => {
        const scans = all.map(({ ticket, minutes }) => scan(ticket, minutes));
        const told = arrivalsOf(scans, { passing });
        expect(arrivalsOf([...scans, ...scans].reverse(), { passing })).toEqual(told);
        expect(told.reduce((sum, { came }) => sum + came, 0)).toBe(new Set(all.map(({ ticket }) => ticket)).size);
      }),
    );
  });
});

describe('the bars of a screen', () => {
  it('are twelve at most, as long as each other, without a gap, and lose nobody', () => {
    const steps = fc
      .uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 40 })
      .map((places) =>
        places
          .sort((a, b) => a - b)
          .map((place, index) => ({ from: NINE + place * ARRIVAL_STEP, came: index + 1, online: index % 3 })),
      );
    fc.assert(
      fc.property(steps, (all) => {
        const bars = fewerSteps(all);
        expect(bars.length).toBeLessThanOrEqual(12);
        const lengths = new Set(bars.slice(1).map(({ from }, index) => from - (bars[index]?.from ?? 0)));
        expect(lengths.size).toBeLessThanOrEqual(1);
        const sum = (some: typeof all, way: 'came' | 'online') => some.reduce((total, step) => total + step[way], 0);
        for (const way of ['came', 'online'] as const) expect(sum([...bars], way)).toBe(sum(all, way));
      }),
    );
  });

  it('are steps of five minutes as long as these fit, and none where nobody came', () => {
    const two = [
      { from: NINE, came: 3, online: 0 },
      { from: NINE + 2 * ARRIVAL_STEP, came: 1, online: 2 },
    ];
    expect(fewerSteps(two)).toEqual([two[0], { from: NINE + ARRIVAL_STEP, came: 0, online: 0 }, two[1]]);
    expect(fewerSteps([])).toEqual([]);
  });
});
