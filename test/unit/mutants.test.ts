import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../mutants/chosen.ts';
import { mutationsIn, withSwitches } from '../mutants/mutations.ts';

const ids = readFileSync('test/golden/mutants.txt', 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.slice(line.indexOf(' ') + 1));

describe('200 mutants of the rules', () => {
  it('each has one place, however files lie: `npm run mutants` tries the same before and after a move', () => {
    const places = placesOf(ids);
    expect([...places.values()].flat()).toHaveLength(200);
    for (const [file, mutations] of places) {
      expect(parseSync(file, withSwitches(readFileSync(file, 'utf8'), mutations)).errors).toEqual([]);
    }
  });
});

const RULE = `
/** Says more than the rule. */
export const most = (all: readonly number[], least = 2): number[] =>
  all.filter((each) => each > least && each !== 7).slice(0, 3);
`;
const OTHER = `export function isOpen({ at, until }: Times): boolean {
  if (!until) return true;
  return at < until - 1;
}
`;

describe('mutating', () => {
  const idsIn = (source: string): string[] => mutationsIn(source, 'rule.ts').map(({ id }) => id);

  it('names what it changes by declaration, change and count, and by nothing else', () => {
    expect(idsIn(RULE)).toEqual([
      'most: number plus one (1)',
      'most: drop filter (1)',
      'most: return nothing (1)',
      'most: > to >= (1)',
      'most: return nothing (2)',
      'most: && to || (1)',
      'most: !== to === (1)',
      'most: number plus one (2)',
      'most: number plus one (3)',
      'most: number plus one (4)',
    ]);
    expect(idsIn(`${OTHER}${RULE}`)).toEqual([...idsIn(OTHER), ...idsIn(RULE)]);
    expect(idsIn(RULE.replaceAll('each', 'another'))).toEqual(idsIn(RULE));
  });

  it('leaves all as it is until one is switched on, and then changes that one', () => {
    const source = `${RULE}${OTHER}`.replaceAll(/: (readonly )?(number\[\]|number|boolean|Times)/g, '');
    const switched = withSwitches(source, mutationsIn(source, 'rule.ts')).replaceAll('export ', '');
    const run = (on: string) =>
      new Function('globalThis', `${switched}; return [most([1, 2, 3, 7, 8, 9, 10]), isOpen({ at: 1, until: 2 })];`)({
        mutant: (id: string) => id === on,
      });
    expect(run('')).toEqual([[3, 8, 9], false]);
    expect(run('most: > to >= (1)')).toEqual([[2, 3, 8], false]);
    expect(run('most: drop filter (1)')).toEqual([[1, 2, 3], false]);
    expect(run('most: !== to === (1)')).toEqual([[7], false]);
    expect(run('most: return nothing (1)')).toEqual([undefined, false]);
    expect(run('isOpen: < to <= (1)')).toEqual([[3, 8, 9], true]);
    expect(run('isOpen: return nothing (1)')).toEqual([[3, 8, 9], undefined]);
    expect(run('isOpen: drop not (1)')).toEqual([[3, 8, 9], true]);
  });
});
