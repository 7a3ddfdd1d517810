import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksFromTexts, marksToTexts } from '../../shared/checkin/check-in-marks.ts';
import type { Doubt } from '../../shared/checkin/review/decision.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import { MOST_MARKS } from '../../shared/checkin/scan/take-scan.ts';

const id = () => randomBytes(16).toString('base64url');
const doubts = fc.option(
  fc.constantFrom<Doubt>('not-confirmed', 'other-mode', 'hold', 'unknown-ticket', 'over-quota'),
  {
    nil: undefined,
  },
);
const scans = fc.array(
  fc.record({
    device: fc.constantFrom('7K3M9QX2', 'ABCDEFGH', 'online'),
    kind: fc.constantFrom('in', 'out', 'undo'),
    correctedAt: fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2100, 0, 1) }),
    doubt: doubts,
    /** Which of them is taken back; one that is not here, where there are not so many. */
    undone: fc.nat({ max: MOST_MARKS }),
  }),
  { maxLength: MOST_MARKS },
);

describe('marks of a ticket as they are stored', () => {
  it('are read as they were written, with their doubts, and an undo also before what it takes back is there', () => {
    fc.assert(
      fc.property(scans, (drawn) => {
        const ids = drawn.map(id);
        const marks: ScanMark[] = drawn.map(({ kind, device, correctedAt, undone }, at) => ({
          ...{ scanId: ids[at] ?? '', device, kind, correctedAt },
          ...(kind === 'undo' && { undoes: ids[undone] ?? id() }),
        }));
        const doubted = Object.fromEntries(drawn.flatMap(({ doubt }, at) => (doubt ? [[ids[at] ?? '', doubt]] : [])));
        expect(marksFromTexts(marksToTexts({ marks, doubts: doubted }))).toEqual({ marks, doubts: doubted });
      }),
    );
  });

  it('are nothing that somebody else wrote', () => {
    expect(() => marksFromTexts(['i mbx8e5c0 scan device'])).toThrow('not a mark');
  });
});
