import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passing } from '../../shared/checkin/check-in-items.schema.ts';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import { byRank, ONLINE, type ScanMark, UNDO_WITHIN } from '../../shared/checkin/scan/scan.ts';

const PASSINGS: readonly Passing[] = ['once', 'again', 'in-and-out'];
const mark = (scanId: string, kind: ScanMark['kind'], correctedAt: number, more: Partial<ScanMark> = {}): ScanMark => ({
  ...{ scanId, kind, correctedAt, device: 'a' },
  ...more,
});
const into = (scanId: string, at: number, device = 'a') => mark(scanId, 'in', at, { device });
const outOf = (scanId: string, at: number) => mark(scanId, 'out', at);
const undo = (undoes: string, at: number, device = 'a') => mark(`undo-${undoes}`, 'undo', at, { undoes, device });

describe('how a ticket stands on a list', () => {
  it('has whoever joined online come once, and in no room: to come to the door besides is no conflict', () => {
    const online = into('o', 900, ONLINE);
    const door = into('d', 920);
    for (const passing of PASSINGS) {
      expect(passageOf([online], passing)).toEqual({ checkIn: online, isInside: false, conflicts: [] });
      const both = { checkIn: online, last: door, isInside: true, conflicts: [] };
      expect(passageOf([door, online], passing)).toEqual(both);
    }
    expect(passageOf([online, door, outOf('x', 930)], 'in-and-out').isInside).toBe(false);
  });

  it('is in with the first scan of all, whoever made it', () => {
    const passage = passageOf([into('b', 902, 'b'), into('a', 901)], 'once');
    expect(passage.checkIn).toEqual(into('a', 901));
    expect(passage.isInside).toBe(true);
  });

  it('CI5: shows a second entry as a conflict with the first, where people come in once', () => {
    const { conflicts } = passageOf([into('b', 902, 'b'), into('a', 901, 'a'), into('c', 903, 'c')], 'once');
    expect(conflicts).toEqual([
      { scan: into('b', 902, 'b'), earlier: into('a', 901) },
      { scan: into('c', 903, 'c'), earlier: into('a', 901) },
    ]);
  });

  it('decides by the id of the scan where two devices scanned in the same millisecond', () => {
    expect(passageOf([into('b', 900, 'x'), into('a', 900, 'y')], 'once').checkIn?.scanId).toBe('a');
  });

  it('takes a second entry for granted where people go in and out as they like', () => {
    const passage = passageOf([into('a', 901), into('b', 950, 'b')], 'again');
    expect(passage.conflicts).toEqual([]);
    expect(passage.checkIn?.scanId).toBe('a');
  });

  it('knows who left, where that is scanned, and that they may come again', () => {
    const scans = [into('a', 900), outOf('b', 1000), into('c', 1100)];
    expect(passageOf(scans.slice(0, 2), 'in-and-out').isInside).toBe(false);
    expect(passageOf(scans, 'in-and-out')).toMatchObject({ isInside: true, conflicts: [] });
    const twice = passageOf([...scans, into('d', 1200, 'b')], 'in-and-out');
    expect(twice.conflicts).toEqual([{ scan: into('d', 1200, 'b'), earlier: into('c', 1100) }]);
  });

  it('does not let somebody in twice because they were scanned at an exit that does not count', () => {
    expect(passageOf([into('a', 900), outOf('b', 950), into('c', 990)], 'once').conflicts).toHaveLength(1);
  });

  it('says of somebody who left unseen, or never came, that they are not inside', () => {
    expect(passageOf([outOf('a', 900)], 'in-and-out')).toMatchObject({ isInside: false, checkIn: undefined });
    expect(passageOf([], 'once')).toMatchObject({ isInside: false, conflicts: [] });
  });

  describe('a scan that was taken back', () => {
    it('is as if it had never been, and the next one counts', () => {
      const passage = passageOf([into('a', 900), undo('a', 910), into('b', 950, 'b')], 'once');
      expect(passage).toMatchObject({ checkIn: into('b', 950, 'b'), conflicts: [] });
    });

    it('is so whichever of the two is heard of first', () => {
      expect(passageOf([undo('a', 910), into('a', 900)], 'once').checkIn).toBeUndefined();
    });

    it.each([
      ['by another device', undo('a', 910, 'b')],
      ['much later', undo('a', 900 + 3 * UNDO_WITHIN)],
      ['that is another one', undo('x', 910)],
    ])('stands where it was taken back %s', (_, undone) => {
      expect(passageOf([into('a', 900), undone], 'once').checkIn?.scanId).toBe('a');
    });

    it('stands where its undo is itself taken back by nothing: an undo cannot be undone', () => {
      const second = mark('again', 'undo', 920, { undoes: 'undo-a' });
      expect(passageOf([into('a', 900), undo('a', 910), second], 'once').checkIn).toBeUndefined();
    });
  });
});

describe('CI3, CI4: bringing scans together', () => {
  const scan: fc.Arbitrary<ScanMark> = fc.record({
    scanId: fc.constantFrom(...'abcdefghijkl'),
    device: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('in', 'in', 'out', 'undo'),
    undoes: fc.constantFrom(...'abcdefghijkl'),
    correctedAt: fc.integer({ min: 0, max: 4 * UNDO_WITHIN }),
  });
  const scans = fc.uniqueArray(scan, { selector: ({ scanId }) => scanId, maxLength: 12 });
  const passing = fc.constantFrom(...PASSINGS);

  it('comes to the same whatever the order of arrival, and however often each arrives', () => {
    const arrivals = scans.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all, ...all], { minLength: 3 * all.length, maxLength: 3 * all.length }),
      ),
    );
    fc.assert(
      fc.property(arrivals, passing, ([all, arrived], how) => {
        expect(passageOf(arrived, how)).toEqual(passageOf(all, how));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the check-in to the lowest time and id of all that stand; each other entry is in conflict, or is one more', () => {
    fc.assert(
      fc.property(scans, (all) => {
        const passage = passageOf(all, 'once');
        const undone = passageOf(all, 'again');
        expect(passage.checkIn).toEqual(undone.checkIn);
        const entries = all.filter(({ kind }) => kind === 'in');
        for (const { scan, earlier } of passage.conflicts) {
          expect(byRank(earlier, scan)).toBeLessThan(0);
          expect(earlier).toEqual(passage.checkIn);
          expect(entries).toContainEqual(scan);
        }
        const told = passage.conflicts.length + (passage.checkIn === undefined ? 0 : 1);
        expect(told).toBeLessThanOrEqual(entries.length);
        // Nothing is dropped: what is not told of was taken back by its own device.
        const takenBack = entries.length - told;
        expect(takenBack).toBeLessThanOrEqual(all.filter(({ kind }) => kind === 'undo').length);
      }),
      { numRuns: 2000 },
    );
  });
});
