import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DECISIONS,
  type Decision,
  judgeDecision,
  openScans,
  type ToSee,
} from '../../shared/domain/check-in/decision.ts';

const about = { list: 'event', ticket: 'one' };
const toSee: ToSee = { ...about, conflicts: ['b', 'c'], doubts: ['a', 'b'] };
const decided = (scans: readonly string[], more: Partial<Decision> = {}): Decision => ({
  ...{ ...about, decision: 'mistake', scans, at: '2027-11-02T03:00:00.000Z', by: 'someone' },
  ...more,
});

describe('what is to be decided', () => {
  it('is each scan once, less those on which somebody decided', () => {
    expect([...openScans(toSee, [])].sort()).toEqual(['a', 'b', 'c']);
    expect(openScans(toSee, [decided(['a']), decided(['c', 'gone'])])).toEqual(['b']);
  });

  it('is not changed by decisions on another ticket or list', () => {
    const others = [decided(['a', 'b', 'c'], { ticket: 'two' }), decided(['a', 'b', 'c'], { list: 'hall' })];
    expect(openScans(toSee, others)).toHaveLength(3);
  });
});

describe('a decision', () => {
  it.each([
    ['of scans that are open', toSee, [], ['a', 'c'], 'new'],
    ['of a scan that came since, beside one that was seen', toSee, [], ['c'], 'new'],
    ['of a scan that is not in question', toSee, [], ['a', 'x'], 'out-of-date'],
    ['of nothing that is in question any more', undefined, [], ['a'], 'out-of-date'],
    ['that is there already, in another order', toSee, [decided(['c', 'a'])], ['a', 'c'], 'known'],
    ['that is there already, of scans that were taken back since', undefined, [decided(['a'])], ['a'], 'known'],
    ['of a scan on which somebody decided', toSee, [decided(['a'])], ['a', 'b'], 'out-of-date'],
  ] as const)('%s', (_, seen, before, scans, judged) => {
    expect(judgeDecision(seen, before, { decision: 'mistake', scans })).toBe(judged);
  });

  it('is another one with other words', () => {
    const before = [decided(['a'], { note: 'came back' })];
    const said = { decision: 'mistake', scans: ['a'] } as const;
    expect(judgeDecision(toSee, before, { ...said, note: 'came back' })).toBe('known');
    expect(judgeDecision(toSee, before, said)).toBe('out-of-date');
    expect(judgeDecision(toSee, before, { ...said, decision: 'let-in', note: 'came back' })).toBe('out-of-date');
  });

  it('CI5: of many that come one after another, no scan is decided twice, and none is missed that somebody named while it was open', () => {
    const scans = ['a', 'b', 'c', 'x'];
    const said = fc.record({ decision: fc.constantFrom(...DECISIONS), scans: fc.subarray(scans, { minLength: 1 }) });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), (all) => {
        const taken: Decision[] = [];
        for (const each of all) {
          const open = openScans(toSee, taken);
          const judged = judgeDecision(toSee, taken, each);
          if (judged === 'new') taken.push(decided(each.scans, each));
          expect(judged === 'new').toBe(each.scans.every((scan) => open.includes(scan)));
        }
        const named = taken.flatMap((each) => each.scans);
        expect(new Set(named).size).toBe(named.length);
      }),
    );
  });
});
