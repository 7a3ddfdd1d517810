import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import { MOST_MARKS, takeScan } from '../../shared/checkin/scan/take-scan.ts';

const first: ScanMark = { scanId: 'a', device: 'x', kind: 'in', correctedAt: 900 };
const second: ScanMark = { scanId: 'b', device: 'y', kind: 'in', correctedAt: 901 };

describe('taking a scan', () => {
  it('counts the first that comes in, and no other', () => {
    expect(takeScan([], first, 'once')).toMatchObject({ kind: 'taken', came: 1, inside: 1 });
    expect(takeScan([first], second, 'once')).toMatchObject({ came: 0, inside: 0, earlier: first });
  });

  it('knows that what came before may have been second', () => {
    const taken = takeScan([second], first, 'once');
    expect(taken).toMatchObject({ came: 0, marks: [second, first], earlier: undefined });
  });

  it('CI3: changes nothing by a scan that was here before, and refuses another one with its id', () => {
    expect(takeScan([first], first, 'once')).toEqual({ kind: 'known' });
    for (const other of [{ correctedAt: 1 }, { device: 'z' }, { kind: 'out' as const }]) {
      expect(takeScan([first], { ...first, ...other }, 'once')).toEqual({ kind: 'other-contents' });
    }
  });

  it('takes back what a scan counted', () => {
    const undo: ScanMark = { scanId: 'c', device: 'x', kind: 'undo', undoes: 'a', correctedAt: 910 };
    expect(takeScan([first], undo, 'once')).toMatchObject({ came: -1, inside: -1 });
    expect(takeScan([first, second], undo, 'once')).toMatchObject({ came: 0, inside: 0 });
  });

  it('takes no more than a person can make', () => {
    const many = Array.from({ length: MOST_MARKS }, (_, index) => ({ ...first, scanId: `s${index}` }));
    expect(takeScan(many, second, 'again')).toEqual({ kind: 'too-many' });
    expect(takeScan(many, { ...first, scanId: 's3' }, 'again')).toEqual({ kind: 'known' });
  });
});

describe('CI4: taking scans one by one', () => {
  const scan: fc.Arbitrary<ScanMark> = fc.record({
    scanId: fc.constantFrom(...'abcdefghij'),
    device: fc.constantFrom('x', 'y'),
    kind: fc.constantFrom('in', 'in', 'out', 'undo'),
    undoes: fc.constantFrom(...'abcdefghij'),
    correctedAt: fc.integer({ min: 0, max: 100_000 }),
  });
  const arrivals = fc
    .uniqueArray(scan, { selector: ({ scanId }) => scanId, minLength: 1, maxLength: 10 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length })));

  it('comes to what the whole set comes to, and its counts to the numbers of those who came and are inside', () => {
    fc.assert(
      fc.property(arrivals, fc.constantFrom('once', 'again', 'in-and-out'), ([all, arrived], passing) => {
        let marks: readonly ScanMark[] = [];
        let came = 0;
        let inside = 0;
        for (const each of arrived) {
          const taken = takeScan(marks, each, passing);
          if (taken.kind === 'taken') {
            marks = taken.marks;
            came += taken.came;
            inside += taken.inside;
          }
        }
        const whole = passageOf(all, passing);
        expect(passageOf(marks, passing)).toEqual(whole);
        expect(came).toBe(whole.checkIn === undefined ? 0 : 1);
        expect(inside).toBe(whole.isInside ? 1 : 0);
      }),
      { numRuns: 2000 },
    );
  });
});
