import { comparable } from '../../registration/list/search.ts';
import type { IndexedRow } from '../../registration/people/person.ts';
import type { CheckInList } from '../check-in-items.schema.ts';
import type { Device } from '../device/device.schema.ts';
import { deviceStatus, isSilent } from '../device/device.ts';
import { listTermsOf } from '../list/list.ts';
import { endOn, type ListDay, type Ruled } from './arrivals.ts';

/** By what the board tells people apart. */
export const BOARD_BY = ['delegation', 'organisation', 'category'] as const;
export type BoardBy = (typeof BOARD_BY)[number];

/** Where anyone sees the numbers, no group of fewer is told apart; nor are people under 18, anywhere. */
export const LEAST_SHOWN = 5;
/** The group of those who are of none: nothing that is trimmed is called so. */
const NONE = ' ';

/** Groups that a page draws, and a projector in large type; the rest of them are counted together. */
const MOST_GROUPS = { board: 100, projector: 24 } as const;

/** Someone who came to a list, or is expected there. */
export interface Present {
  readonly row: IndexedRow;
  readonly isHere: boolean;
}

/** Who came without being expected counts as both. */
export interface Turnout {
  readonly expected: number;
  readonly here: number;
}

export interface BoardGroup extends Turnout {
  /** A delegation, a category, or how an organisation is compared; a blank for those who are of none. */
  readonly id: string;
  /** Absent for those who are of none. */
  readonly label?: string | undefined;
}

/** What a board may be of: each list on each of its days, in the order of the lists. */
export const boardChoices = (event: Ruled, lists: readonly CheckInList[]): readonly ListDay[] =>
  lists.flatMap((list): ListDay[] => {
    if (listTermsOf(event, list) === undefined) return [];
    return list.place.kind === 'event' ? event.days.map((day) => ({ list, day })) : [{ list }];
  });

/** What is on, or comes next; once all is over, the last day of the first list. */
export const usualChoice = (event: Ruled, choices: readonly ListDay[], now: Date): ListDay | undefined =>
  choices.find((each) => now.getTime() < endOn(event, each)) ??
  choices.findLast(({ list }) => list === choices[0]?.list);

/** By what people of the event can be told apart, what is taken where nobody says first: no delegation, where there is none. */
export const boardBys = (present: readonly Present[]): readonly BoardBy[] =>
  present.some(({ row }) => isAdult(row) && row.delegation !== undefined)
    ? BOARD_BY
    : BOARD_BY.filter((by) => by !== 'delegation');

const isAdult = ({ ageBand }: IndexedRow): boolean => ageBand === undefined;

type Named = { readonly categories: readonly { readonly id: string; readonly title: string }[] };

/**
 * How many are expected, and here. Groups are of adults, whom those who see them see by name: a group with a child in it would tell that the
 * child is here.
 *
 * @param language by whose rules groups are ordered
 */
export function boardOf(event: Named, present: readonly Present[], by: BoardBy, language: string) {
  const minors = numbersOf(present.filter(({ row }) => !isAdult(row)));
  const adults = present.filter(({ row }) => isAdult(row));
  const areTold = minors.expected >= LEAST_SHOWN;
  const groups = groupsOf(event, adults, by, groupOfEach(adults, by));
  const { shown, rest } = largest(groups, MOST_GROUPS.board);
  return {
    total: sumOf([numbersOf(adults), ...(areTold ? [minors] : [])]),
    ...(areTold && { minors }),
    groups: inOrder(shown, language),
    ...(rest.length > 0 && { rest: sumOf(rest) }),
  };
}

/**
 * The same for everyone to see: five at least are in each group, and in all others together, where those under 18 are. Of fewer than five
 * people in all nothing is told, and as little of fewer than five under 18: who knows the board's sum would know how many they are. Nor do
 * two projectors tell fewer, by what one has of a group beside what the other has of groups that lie in it.
 */
export function projectedOf(event: Named, present: readonly Present[], by: BoardBy, language: string) {
  const adults = present.filter(({ row }) => isAdult(row));
  const minors = present.length - adults.length;
  const total = numbersOf(minors < LEAST_SHOWN ? adults : present);
  if (total.expected < LEAST_SHOWN) return { groups: [] };
  const told = projectedGroups(event, adults, by, total.expected);
  const sum = sumOf(told);
  const others = { expected: total.expected - sum.expected, here: total.here - sum.here };
  const named = inOrder(told, language).map(({ id, label = id, expected, here }) => ({ label, expected, here }));
  return { total, groups: named, ...(others.expected > 0 && told.length > 0 && { others }) };
}

/** A grouping as everyone may see it: of each adult, in their order, the group; and the groups that are told, the largest first. */
interface Projected {
  readonly of: readonly string[];
  readonly told: readonly BoardGroup[];
}

/** Groupings are looked at in one order, whichever is asked for: what one of them tells, the next ones do not lay open. */
function projectedGroups(event: Named, adults: readonly Present[], asked: BoardBy, total: number) {
  const before: Projected[] = [];
  for (const by of BOARD_BY) {
    const of = groupOfEach(adults, by);
    const large = groupsOf(event, adults, by, of).filter(({ id, expected }) => id !== NONE && expected >= LEAST_SHOWN);
    const { shown } = largest(large, MOST_GROUPS.projector);
    let told = shown;
    for (const other of before) told = apartFrom(other, { of, told });
    // Those who are left would be told by what is missing in the sum: the smallest group joins them, until they are enough.
    while (namesOne(total - sumOf(told).expected) && told.length > 0) told = told.slice(0, -1);
    if (by === asked) return told;
    before.push({ of, told });
  }
  return [];
}

/** Without the groups that leave fewer than five of one of the other grouping, or of which that leaves fewer than five. */
function apartFrom(other: Projected, { of, told }: Projected): readonly BoardGroup[] {
  const inBoth = new Map<string, Map<string, number>>();
  for (const [place, id] of of.entries()) {
    const counts = inBoth.get(id) ?? new Map<string, number>();
    const there = other.of[place] ?? NONE;
    inBoth.set(id, counts.set(there, (counts.get(there) ?? 0) + 1));
  }
  const common = (group: BoardGroup, there: BoardGroup): number => inBoth.get(group.id)?.get(there.id) ?? 0;
  let rest = told.filter((group) => {
    const within = other.told.filter((there) => common(group, there) === there.expected);
    return !namesOne(group.expected - sumOf(within).expected);
  });
  for (const there of other.told) {
    const within = rest.filter((group) => common(group, there) === group.expected);
    if (namesOne(there.expected - sumOf(within).expected)) rest = rest.filter((group) => group !== within.at(-1));
  }
  return rest;
}

const namesOne = (people: number): boolean => people > 0 && people < LEAST_SHOWN;

/**
 * Characters by which organisations are told apart: which one is asked for stands in an address, in whose letters each takes nine bytes or more.
 */
export const LONGEST_GROUP = 100;

/** Of which group of the board each is. */
export function groupIn(by: BoardBy): (row: IndexedRow) => string {
  if (by !== 'organisation') return (row) => row[by] || NONE;
  const known = new Map<string, string>();
  return ({ organisation }) => {
    const id =
      known.get(organisation) ?? (comparable(organisation).replace(/\s+/g, ' ').slice(0, LONGEST_GROUP) || NONE);
    known.set(organisation, id);
    return id;
  };
}

function groupOfEach(adults: readonly Present[], by: BoardBy): readonly string[] {
  const groupOf = groupIn(by);
  return adults.map(({ row }) => groupOf(row));
}

/** @param of of each adult, in their order, the group */
function groupsOf(
  { categories }: Named,
  adults: readonly Present[],
  by: BoardBy,
  of: readonly string[],
): readonly BoardGroup[] {
  const groups = new Map<string, { expected: number; here: number; names: Map<string, number> }>();
  for (const [place, { row, isHere }] of adults.entries()) {
    const id = of[place] ?? NONE;
    const group = groups.get(id) ?? { expected: 0, here: 0, names: new Map<string, number>() };
    group.expected += 1;
    if (isHere) group.here += 1;
    group.names.set(row.organisation, (group.names.get(row.organisation) ?? 0) + 1);
    groups.set(id, group);
  }
  const known = new Map<string, number>();
  return [...groups].map(([id, { names, ...numbers }]) => {
    if (id === NONE) return { id, ...numbers };
    if (by === 'category') return { id, label: categories.find((each) => each.id === id)?.title ?? id, ...numbers };
    // A delegation has no name of its own: it is called by what most in it are of.
    const [name = id] = [...names].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0] as const);
    const nth = (known.get(name) ?? 0) + 1;
    known.set(name, nth);
    return { id, label: nth === 1 ? name : `${name} (${nth})`, ...numbers };
  });
}

/** Those with the most people, the largest first. */
function largest(
  groups: readonly BoardGroup[],
  most: number,
): Readonly<Record<'shown' | 'rest', readonly BoardGroup[]>> {
  const bySize = groups.toSorted((a, b) => b.expected - a.expected || (a.id < b.id ? -1 : 1));
  return { shown: bySize.slice(0, most), rest: bySize.slice(most) };
}

/** By name, so that rows stay where they are while numbers move; those who are of none come last. */
function inOrder(groups: readonly BoardGroup[], language: string): readonly BoardGroup[] {
  const { compare } = new Intl.Collator(language);
  return groups.toSorted(
    (a, b) => Number(a.id === NONE) - Number(b.id === NONE) || compare(a.label ?? '', b.label ?? ''),
  );
}

const numbersOf = (present: readonly Present[]): Turnout => ({
  expected: present.length,
  here: present.filter(({ isHere }) => isHere).length,
});

const sumOf = (all: readonly Turnout[]): Turnout => ({
  expected: all.reduce((sum, { expected }) => sum + expected, 0),
  here: all.reduce((sum, { here }) => sum + here, 0),
});

/**
 * Phones of lists that may hold scans which nobody else knows of: they have not been heard of for a while, or their shift is over and scans
 * still waited. One that was shut out is none: what it scanned since waits for a member.
 *
 * @returns the longest unheard of first; `since` in seconds
 */
export const silentPhones = (devices: readonly Device[], lists: readonly string[], now: number) =>
  devices
    .filter((device) => device.lists.some((list) => lists.includes(list)))
    .flatMap((device) => {
      const { name, talk, enrolledAt } = device;
      const heard = talk ?? { at: enrolledAt };
      const waiting = talk?.waiting ?? 0;
      const standing = deviceStatus(device, now);
      const mayHold = standing === 'active' ? isSilent(heard, now) : standing === 'over' && waiting > 0;
      return mayHold ? [{ name, since: Math.max(0, Math.floor((now - heard.at) / 1000)), waiting }] : [];
    })
    .sort((a, b) => b.since - a.since);
