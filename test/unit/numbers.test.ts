import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LEAST_TOLD,
  largeOf,
  OTHERS,
  type Sorted,
  type Told,
  type ToldTable,
  toldNumber,
  toldTables,
} from '../../shared/checkin/attendance/numbers.ts';

/** People who are each counted in one row. */
const parted = (...counts: readonly number[]): Sorted => ({
  rows: counts.map((_, row) => `r${row}`),
  people: counts.flatMap((count, row) => Array.from({ length: count }, () => [`r${row}`])),
});

/** What a reader knows of a number that they are told, or are told nothing of. */
const possible = (told: Told): readonly number[] =>
  told === null ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] : [0, 1, 2, 3, 4].map((more) => told + more);

/** All that several numbers may come to. */
function sums(all: readonly Told[]): ReadonlySet<number> {
  let before = new Set([0]);
  for (const told of all) before = new Set([...before].flatMap((sum) => possible(told).map((one) => sum + one)));
  return before;
}

/**
 * How many those may be, by table, of whom it does not tell: tried one by one, with all numbers of people of whom each table allows.
 *
 * @param wholes tables that count each person once, as a reader may know
 */
function fewIn(wholes: readonly ToldTable[], people: Told): readonly ReadonlySet<number>[] {
  const shown = wholes.filter(({ isWithheld }) => !isWithheld).map(({ rows }) => rows.map((row) => row.people));
  const totals = possible(people).filter((total) => shown.every((rows) => sums(rows).has(total)));
  return shown.map((rows) => {
    const [few, told] = [sums(rows.filter((row) => row === null)), sums(rows.filter((row) => row !== null))];
    return new Set([...few].filter((count) => totals.some((total) => told.has(total - count))));
  });
}

const table = fc.array(fc.oneof(fc.nat(9), fc.nat(60), fc.constantFrom(14, 24, 34), fc.constant(14)), {
  minLength: 1,
  maxLength: 6,
});

/** The same people sorted anew: as many as before, in other rows. */
const resorted = (people: number, counts: readonly number[]): Sorted => {
  const rows: number[] = [];
  let left = people;
  for (const count of counts) {
    rows.push(Math.min(count, left));
    left -= Math.min(count, left);
  }
  return parted(...rows, left);
};

describe('AU8: numbers for those who see nobody', () => {
  it('are of ten people at least, in steps of five', () => {
    expect([0, 1, 4, 5, 9, 10, 14, 15, 1_234].map(toldNumber)).toEqual([
      ...[null, null, null, null, null, 10, 10, 15],
      1_230,
    ]);
  });

  it('are in no set of replies what says of a few how many they are, nor of all but the others', () => {
    const reply = fc.tuple(table, table, table).map(([first, second, third]) => {
      const people = first.reduce((sum, count) => sum + count, 0);
      return { first: parted(...first), second: resorted(people, second), third: resorted(people, third) };
    });
    fc.assert(
      // Between two replies people came and left: what one leaves open is not known from the other.
      fc.property(fc.array(reply, { minLength: 1, maxLength: 3 }), (replies) => {
        for (const sorted of replies) {
          const told = toldTables(sorted);
          for (const { rows } of Object.values(told))
            for (const { people } of rows) if (people !== null) expect(people).toBeGreaterThanOrEqual(LEAST_TOLD);
          for (const left of fewIn(Object.values(told), toldNumber(sorted.first.people.length))) {
            const isOpen = left.size >= 3 || Math.min(...left) >= 5;
            expect(isOpen || [...left].every((count) => count === 0), JSON.stringify([sorted, [...left]])).toBe(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('are withheld where another table would give them away', () => {
    // Modes come to 56 at most, groups without the last to 55 at least: the last would be one, or nobody.
    const people = 56;
    const groups = parted(55, 1);
    const modes = parted(14, 14, 14, 14);
    expect(groups.people.length).toBe(people);
    const told = toldTables({ groups, modes });
    expect(told.groups).toEqual({ rows: [], isWithheld: true });
    expect(told.modes.rows.map((row) => row.people)).toEqual([10, 10, 10, 10]);
    // Where some are in two rows, or in none, nothing adds up.
    const days = { ...groups, people: groups.people.map((rows, at) => (at === 0 ? ['r0', 'r1'] : rows)) };
    expect(toldTables({ days, modes }).days).toEqual({
      rows: [
        { id: 'r0', people: 55 },
        { id: 'r1', people: null },
      ],
      isWithheld: false,
    });
  });

  it('are withheld also where rows that are parts of others are beside those that come to everyone', () => {
    const [room, online] = [Array(55).fill(['room']), [['online']]] as [string[][], string[][]];
    const groups = parted(14, 14, 14, 14);
    // Seats of the media are seats in the room, and so the others would be told of as if each were counted once.
    const people = room.map((rows, at) => (at < 12 ? [...rows, 'media'] : rows)).concat(online);
    for (const rows of [
      ['room', 'online', 'media'],
      ['media', 'none', 'online', 'room'],
    ]) {
      const told = toldTables({ groups, seats: { rows, people } });
      expect(told.seats).toEqual({ rows: [], isWithheld: true });
      expect(told.groups.isWithheld).toBe(false);
    }
    // Two rows of the same people are as good as one.
    const twice = room.map((rows) => [...rows, 'hall']).concat(online);
    expect(toldTables({ groups, twice: { rows: ['room', 'hall', 'online'], people: twice } }).twice.isWithheld).toBe(
      true,
    );
    // Of some who have a seat in neither nobody knows how many they are.
    const some = [...people.slice(1), []];
    expect(toldTables({ groups, some: { rows: ['room', 'online', 'media'], people: some } }).some.isWithheld).toBe(
      false,
    );
  });

  it('name no country of a few, and none in an order that says more than they do', () => {
    const lived = [...Array(11).fill('TH'), ...Array(14).fill('KH'), ...Array(9).fill('LA'), ...Array(20).fill('MM')];
    const told = toldTables({ country: largeOf(lived) });
    expect(told.country.rows).toEqual([
      { id: 'MM', people: 20 },
      { id: 'KH', people: 10 },
      { id: 'TH', people: 10 },
      { id: OTHERS, people: null },
    ]);
    expect(largeOf([]).rows).toEqual([OTHERS]);
  });

  it('are told of nobody as of a few, and of no table without rows', () => {
    const nobody = toldTables({ none: { rows: [], people: [] }, some: { rows: ['a'], people: [] } });
    expect(nobody).toEqual({
      none: { rows: [], isWithheld: false },
      some: { rows: [{ id: 'a', people: null }], isWithheld: false },
    });
  });
});
