/*
 * Numbers of people for those who may see nobody. Each is told in steps of five, and not below ten: fewer are "few", and so is nobody. Where a
 * number turns, the reader learns that there are ten, or a multiple of five, and never a number of fewer than five.
 */

const STEP = 5;
/** Fewer are not told of. */
export const LEAST_TOLD = 10;
/** As many values at least are possible of those who are not told of, all together, whatever else is told. */
const LEAST_DOUBT = 3;

/** What people are told apart by. */
export const NUMBER_TABLES = [
  ...(['category', 'country', 'mode', 'day', 'session', 'quota'] as const),
  ...(['came-day', 'came-session', 'came-mode'] as const),
] as const;

/** How many people there are; nothing of few. */
export type Told = number | null;

export const toldNumber = (people: number): Told => (people < LEAST_TOLD ? null : people - (people % STEP));

/** People by what they are told apart by: to each the rows in which they are counted, of which a table has those that are told of. */
export interface Sorted {
  readonly rows: readonly string[];
  readonly people: readonly (readonly string[])[];
}

export interface ToldTable {
  readonly rows: readonly { readonly id: string; readonly people: Told }[];
  /** It is not told now, for beside the others it would say too much of a few. */
  readonly isWithheld: boolean;
}

type Range = readonly [least: number, most: number];

const rangeOf = (told: Told): Range => (told === null ? [0, LEAST_TOLD - 1] : [told, told + STEP - 1]);

const sumOf = (ranges: readonly Range[]): Range =>
  ranges.reduce(([least, most], range) => [least + range[0], most + range[1]], [0, 0]);

/**
 * Rows in which everyone is counted once: they come to how many there are, and what is not told of follows within limits. Where some rows are
 * parts of others, as seats of a group are of those in the room, it is those others: their reader knows which they are.
 */
function wholeRows({ rows, people }: Sorted): readonly string[] | undefined {
  if (people.length === 0) return undefined;
  if (people.every((own) => own.length === 1)) return rows;
  const beside = new Map<string, ReadonlySet<string>>();
  for (const own of people) {
    for (const id of own) {
      const before = beside.get(id);
      beside.set(id, new Set(before === undefined ? own : own.filter((each) => before.has(each))));
    }
  }
  const isWithin = (id: string, other: string): boolean => beside.get(id)?.has(other) === true;
  // Of two rows of the same people it is the first.
  const isPart = (id: string, at: number): boolean =>
    rows.some((other, place) => other !== id && isWithin(id, other) && (place < at || !isWithin(other, id)));
  const whole = rows.filter((id, at) => beside.has(id) && !isPart(id, at));
  return people.every((own) => own.filter((id) => whole.includes(id)).length === 1) ? whole : undefined;
}

/**
 * What is told of the same people by each table. A table is withheld where what its reader can work out, from how many there are and from all
 * tables together, leaves little doubt of how many those are of whom it does not tell.
 */
export function toldTables<Name extends string>(tables: Readonly<Record<Name, Sorted>>): Record<Name, ToldTable> {
  const all = Object.entries<Sorted>(tables).map(([name, sorted]) => {
    const count = (id: string): number => sorted.people.filter((rows) => rows.includes(id)).length;
    const rows = sorted.rows.map((id) => ({ id, people: toldNumber(count(id)) }));
    const ids = wholeRows(sorted);
    const whole = ids && rows.filter(({ id }) => ids.includes(id));
    return { name, rows, whole, people: sorted.people.length };
  });
  let shown = all;
  for (let last = -1; last !== shown.length; ) {
    last = shown.length;
    const limits = shown.flatMap(({ whole }) => (whole ? [sumOf(whole.map((row) => rangeOf(row.people)))] : []));
    const total = limits.reduce(
      ([least, most], limit) => [Math.max(least, limit[0]), Math.min(most, limit[1])] as const,
      rangeOf(toldNumber(all[0]?.people ?? 0)),
    );
    const tight = shown.find(({ whole }) => whole && !leavesDoubt(whole, total));
    shown = shown.filter((each) => each !== tight);
  }
  const told = all.map((table): [string, ToldTable] => {
    const isWithheld = !shown.includes(table);
    return [table.name, { rows: isWithheld ? [] : table.rows, isWithheld }];
  });
  return Object.fromEntries(told) as Record<Name, ToldTable>;
}

/** Whether it stays open how many those are who are not told of, or they are no few. @param total how many people there are in all */
function leavesDoubt(rows: ToldTable['rows'], [least, most]: Range): boolean {
  const few = rows.filter(({ people }) => people === null).map(({ people }) => rangeOf(people));
  const others = sumOf(rows.filter(({ people }) => people !== null).map(({ people }) => rangeOf(people)));
  const [fewest, highest] = [Math.max(0, least - others[1]), Math.min(sumOf(few)[1], most - others[0])];
  return few.length === 0 || fewest >= STEP || highest - fewest + 1 >= LEAST_DOUBT;
}

/** Of many that nothing else names: those that are told of, and all others as one; which others there are is told to nobody. */
export function largeOf(values: readonly string[]): Sorted {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const large = [...counts].flatMap(([name, people]) => {
    const told = toldNumber(people);
    return told === null ? [] : [{ name, told }];
  });
  const names = large.sort((a, b) => b.told - a.told || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
  return {
    rows: [...names, OTHERS],
    people: values.map((value) => [names.includes(value) ? value : OTHERS]),
  };
}

/** No country has such a code. */
export const OTHERS = 'others';
