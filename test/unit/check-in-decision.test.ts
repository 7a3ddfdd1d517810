import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SentDecision } from '../../shared/checkin/check-in.schema.ts';
import { DECISIONS, type Decision } from '../../shared/checkin/check-in-items.schema.ts';
import {
  decisionsByTicket,
  judgeDecision,
  type OpenConflict,
  openScans,
  scansHeld,
} from '../../shared/checkin/review/decision.ts';

const about = { list: 'event', ticket: 'one' };
const toSee: OpenConflict = { ...about, conflicts: ['b', 'c'], doubts: ['a', 'b'] };
const decided = (scans: readonly string[], more: Partial<Decision> = {}): Decision => ({
  ...{ ...about, decision: 'mistake', scans, at: '2027-11-02T03:00:00.000Z', by: 'someone' },
  ...more,
});

describe('what is to be decided', () => {
  it('is each scan once, less those on which somebody decided', () => {
    expect([...openScans(toSee, [])].sort()).toEqual(['a', 'b', 'c']);
    expect(openScans(toSee, [decided(['a']), decided(['c', 'gone'])])).toEqual(['b']);
  });

  it('is what somebody opened again, until somebody decides anew', () => {
    const taken = [decided(['a', 'b', 'c']), decided(['a', 'b'], { decision: 'open-again' }), decided(['b'])];
    expect(openScans(toSee, taken.slice(0, 1))).toEqual([]);
    expect([...openScans(toSee, taken.slice(0, 2))].sort()).toEqual(['a', 'b']);
    expect(openScans(toSee, taken)).toEqual(['a']);
    expect(taken.map((each) => scansHeld(each, taken))).toEqual([['c'], ['a'], ['b']]);
    const instead = [...taken, decided(['a', 'c'])];
    expect(instead.map((each) => scansHeld(each, instead))).toEqual([[], [], ['b'], ['a', 'c']]);
  });

  it('is not changed by decisions on another ticket or list', () => {
    const mine = [decided(['a']), decided(['b'])];
    const others = [decided(['a', 'b', 'c'], { ticket: 'two' }), decided(['a', 'b', 'c'], { list: 'hall' })];
    const on = decisionsByTicket([...others, ...mine]);
    expect(on(about)).toEqual(mine);
    expect(on({ list: 'two', ticket: 'event' })).toEqual([]);
  });
});

describe('a decision', () => {
  const one = decided(['a', 'c']);
  it.each([
    ['of scans that are open', toSee, [], { scans: ['a', 'c'] }, 'new'],
    ['of a scan that came since, beside one that was seen', toSee, [], { scans: ['c'] }, 'new'],
    ['of a scan that is not in question', toSee, [], { scans: ['a', 'x'] }, 'out-of-date'],
    ['of nothing that is in question any more', undefined, [], { scans: ['a'] }, 'out-of-date'],
    ['that is there already, in another order', toSee, [one], { scans: ['c', 'a'] }, 'known'],
    ['that is there already, of scans that were taken back since', undefined, [one], { scans: ['a', 'c'] }, 'known'],
    ['that is there already, with more on it since', toSee, [one, decided(['b'])], { scans: ['a', 'c'] }, 'known'],
    ['by whoever did not see that somebody decided', toSee, [one], { scans: ['b'] }, 'out-of-date'],
    ['of a scan on which somebody decided, by whoever saw that', toSee, [one], { scans: ['a', 'b'], after: 1 }, 'new'],
    ['with other words on what they saw', toSee, [one], { scans: ['a'], note: 'x', after: 1 }, 'new'],
    ['with other words than somebody’s meanwhile', toSee, [one], { scans: ['a', 'c'], note: 'x' }, 'out-of-date'],
    ['on more than there is', toSee, [one], { scans: ['b'], after: 2 }, 'out-of-date'],
    ['to open again what was decided', toSee, [one], { decision: 'open-again', scans: ['a'], after: 1 }, 'new'],
    ['to open again what is open', toSee, [one], { decision: 'open-again', scans: ['b'], after: 1 }, 'out-of-date'],
  ] as const)('%s', (_, seen, before, said, judged) => {
    expect(judgeDecision(seen, before, { decision: 'mistake', after: 0, ...said })).toBe(judged);
  });

  it('CI5: of many people who send what they saw in any order and often, each is kept once or refused, and the last one holds', () => {
    const scans = ['a', 'b', 'c', 'x'];
    const sent = fc.record({
      decision: fc.constantFrom(...DECISIONS),
      scans: fc.subarray(scans, { minLength: 1 }),
      after: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 14 }), (all) => {
        const taken: Decision[] = [];
        const send = (said: SentDecision): string => {
          const judged = judgeDecision(toSee, taken, said);
          if (judged === 'new') taken.push(decided(said.scans, { decision: said.decision }));
          return judged;
        };
        for (const said of all) {
          const before = taken.length;
          const judged = send(said);
          expect(taken.length - before).toBe(judged === 'new' ? 1 : 0);
          if (judged !== 'out-of-date') expect(send(said), 'sent again').toBe('known');
          if (judged === 'new' && said.decision !== 'open-again')
            expect(openScans(toSee, taken).filter((scan) => said.scans.includes(scan))).toEqual([]);
          expect(taken.length, 'nobody is overruled unread').toBeLessThanOrEqual(
            Math.max(before, judged === 'new' ? said.after + 1 : 0),
          );
        }
      }),
    );
  });
});
