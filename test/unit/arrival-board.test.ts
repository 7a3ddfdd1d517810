import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boardBys,
  boardChoices,
  boardOf,
  projectedOf,
  silentPhones,
  usualChoice,
} from '../../shared/checkin/attendance/board.ts';
import type { Device } from '../../shared/checkin/device/device.schema.ts';
import { usualLists } from '../../shared/checkin/list/list.ts';
import type { IndexedRow } from '../../shared/registration/people/person.ts';
import { forum } from '../support/forum.ts';

const event = { ...forum(), categories: [{ id: 'ngo', title: 'Civil society' }] };

type Made = Partial<Pick<IndexedRow, 'organisation' | 'category' | 'delegation'>> & {
  readonly isHere?: boolean;
  readonly isMinor?: boolean;
};
let made = 0;
function someone({ isHere = false, isMinor = false, ...row }: Made = {}) {
  made += 1;
  const usual = { reference: `R${made}`, organisation: '', category: 'ngo', ...(isMinor && { ageBand: 'minor' }) };
  return { row: { ...usual, ...row } as IndexedRow, isHere };
}
const many = (howMany: number, what: Made = {}) => Array.from({ length: howMany }, () => someone(what));

describe('CI13: the board of arrivals', () => {
  it('counts adults by group, however an organisation is written, in the order of their names, those of none last', () => {
    const present = [
      ...many(2, { organisation: 'Ministry of Health', isHere: true }),
      someone({ organisation: 'MINISTRY OF  HEALTH ' }),
      someone({ organisation: 'Académie' }),
      someone({ organisation: 'academie', isHere: true }),
      someone({ organisation: ' ' }),
    ];
    const { groups, total } = boardOf(event, present, 'organisation', 'en');
    expect(groups.map(({ label, expected, here }) => [label, expected, here])).toEqual([
      ['Académie', 2, 1],
      ['Ministry of Health', 3, 2],
      [undefined, 1, 0],
    ]);
    expect(total).toEqual({ expected: 6, here: 3 });
    expect(boardOf(event, present, 'category', 'en').groups).toEqual([
      { id: 'ngo', label: 'Civil society', expected: 6, here: 3 },
    ]);
  });

  it('calls a delegation by what most in it are of, and two alike by a number', () => {
    const present = [
      ...many(2, { delegation: 'one', organisation: 'Laos' }),
      someone({ delegation: 'one', organisation: 'Adviser of Laos' }),
      someone({ delegation: 'two', organisation: 'Laos', isHere: true }),
      someone({ organisation: 'Laos' }),
    ];
    expect(boardBys(present)).toEqual(['delegation', 'organisation', 'category']);
    expect(boardBys(many(2))).toEqual(['organisation', 'category']);
    expect(boardBys(many(9, { delegation: 'school', isMinor: true }))).toEqual(['organisation', 'category']);
    const { groups } = boardOf(event, present, 'delegation', 'en');
    expect(groups.map(({ label, expected, here }) => [label, expected, here])).toEqual([
      ['Laos', 3, 0],
      ['Laos (2)', 1, 1],
      [undefined, 1, 0],
    ]);
  });

  it('has those under 18 in no group, and as one number from five on, which the sum is with', () => {
    const adults = many(3, { organisation: 'School', isHere: true });
    const few = boardOf(
      event,
      [...adults, ...many(4, { organisation: 'School', isMinor: true })],
      'organisation',
      'en',
    );
    expect(few).toEqual({
      total: { expected: 3, here: 3 },
      groups: [{ id: 'school', label: 'School', expected: 3, here: 3 }],
    });
    const five = [...many(4, { isMinor: true }), someone({ isMinor: true, isHere: true })];
    expect(boardOf(event, [...adults, ...five], 'organisation', 'en')).toMatchObject({
      ...{ total: { expected: 8, here: 4 }, minors: { expected: 5, here: 1 } },
      groups: [{ expected: 3, here: 3 }],
    });
  });

  it('draws a hundred groups, and counts the rest together', () => {
    const present = Array.from({ length: 120 }, (_, n) => someone({ organisation: `Organisation ${n}` }));
    const { groups, rest } = boardOf(
      event,
      [...present, someone({ organisation: 'Organisation 119' })],
      'organisation',
      'en',
    );
    expect(groups).toHaveLength(100);
    expect(groups.some(({ label }) => label === 'Organisation 119')).toBe(true);
    expect(rest).toEqual({ expected: 20, here: 0 });
  });

  it('shows everyone no group of fewer than five, none that is told by what is missing, and nothing of fewer than five', () => {
    const people = fc.array(
      fc.record({
        organisation: fc.constantFrom('', 'A', 'B', 'C', 'D'),
        isHere: fc.boolean(),
        isMinor: fc.boolean(),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(people, (all) => {
        const present = all.map(someone);
        const { total, groups, others } = {
          total: undefined,
          others: undefined,
          ...projectedOf(event, present, 'organisation', 'en'),
        };
        const minors = all.filter(({ isMinor }) => isMinor).length;
        const counted = minors < 5 ? all.length - minors : all.length;
        if (counted < 5) return total === undefined && groups.length === 0;
        const told = [...groups, ...(others ? [others] : [])];
        const sum = told.reduce((all, { expected }) => all + expected, 0);
        return (
          total?.expected === counted &&
          told.every(({ expected }) => expected >= 5) &&
          (groups.length === 0 || sum === counted) &&
          groups.every(({ label }) => label !== '')
        );
      }),
    );
    const alone = [
      ...many(6, { organisation: 'A' }),
      ...many(7, { organisation: 'B' }),
      someone({ organisation: 'C' }),
    ];
    expect(projectedOf(event, alone, 'organisation', 'en')).toEqual({
      total: { expected: 14, here: 0 },
      groups: [{ label: 'B', expected: 7, here: 0 }],
      others: { expected: 7, here: 0 },
    });
  });

  it('shows everyone no fewer than five by two groupings either, one within the other', () => {
    const categories = ['k', 'l', 'm'].map((id) => ({ id, title: id }));
    const people = fc.array(
      fc.record({
        organisation: fc.constantFrom('', 'a', 'b', 'c', 'd'),
        category: fc.constantFrom('k', 'k', 'k', 'l', 'm'),
        delegation: fc.constantFrom(undefined, undefined, 'x', 'y'),
      }),
      { minLength: 5, maxLength: 60 },
    );
    // Alike, as they often are: all of an organisation are of one category, but for one or two.
    const alike = people.map((all) =>
      all.map((each, n) => (n % 9 === 0 ? each : { ...each, category: each.organisation < 'c' ? 'k' : 'l' })),
    );
    const isWithin = (some: readonly object[], others: readonly object[]) =>
      some.every((each) => others.includes(each));
    fc.assert(
      fc.property(fc.oneof(people, alike), (all) => {
        const told = (['organisation', 'category'] as const).map((by) =>
          projectedOf({ categories }, all.map(someone), by, 'en').groups.map(({ label }) =>
            all.filter((each) => each[by] === label),
          ),
        );
        for (const [here, there] of [told, told.toReversed()])
          for (const group of here ?? []) {
            const within = (there ?? []).filter((some) => isWithin(some, group)).flat();
            const left = group.length - within.length;
            expect(left === 0 || left >= 5, JSON.stringify([group.length, left])).toBe(true);
          }
      }),
      { numRuns: 500 },
    );
    const shown = (present: ReturnType<typeof someone>[], by: 'delegation' | 'organisation' | 'category') =>
      projectedOf({ categories }, present, by, 'en').groups.map(({ label, expected }) => `${label} ${expected}`);
    const school = [
      ...many(6, { organisation: 'School', category: 'k' }),
      someone({ organisation: 'Shy', category: 'k' }),
    ];
    const present = [...school, ...many(9, { organisation: 'Else', category: 'l', delegation: 'x' })];
    expect(shown(present, 'organisation')).toEqual(['Else 9']);
    expect(shown(present, 'category')).toEqual(['k 7', 'l 9']);
    expect(shown([...present, someone({ organisation: 'Else', category: 'l' })], 'category')).toEqual([]);
  });

  it('CS16: tells nothing of fewer than five under 18, beside the projector either: not how many they are, nor whether one came', () => {
    const people = fc.array(fc.record({ organisation: fc.constantFrom('', 'A', 'B'), isHere: fc.boolean() }), {
      minLength: 5,
      maxLength: 20,
    });
    const young = fc.array(fc.record({ isHere: fc.boolean() }), { maxLength: 4 });
    const seen = (present: ReturnType<typeof someone>[]) => [
      boardOf(event, present, 'organisation', 'en'),
      projectedOf(event, present, 'organisation', 'en'),
    ];
    fc.assert(
      fc.property(people, young, (all, few) => {
        const adults = all.map(someone);
        const minors = few.map((each) => someone({ ...each, organisation: 'A', isMinor: true }));
        expect(seen([...adults, ...minors])).toEqual(seen(adults));
      }),
    );
    const [board, projector] = seen([...many(5), ...many(5, { isMinor: true, isHere: true })]);
    for (const each of [board, projector]) expect(each).toMatchObject({ total: { expected: 10, here: 5 } });
  });

  it('is of each list on each day, and of what is on where nobody chooses', () => {
    const [first, second] = event.days;
    const choices = boardChoices(event, [
      ...usualLists(event),
      { ...usualLists(event)[0], id: 'gone', place: { kind: 'day', day: 'no-day' } } as never,
    ]);
    const brief = choices.map(({ list, day }) => [list.id, day?.id].filter(Boolean).join(' '));
    expect(brief.slice(0, 2)).toEqual([`event ${first?.id}`, `event ${second?.id}`]);
    expect(brief).toContain(`day-${first?.id}`);
    expect(brief).not.toContain('gone');
    const at = (instant: string) => usualChoice(event, choices, new Date(instant));
    expect(at(`${first?.date}T01:00:00Z`)).toMatchObject({ list: { id: 'event' }, day: { id: first?.id } });
    expect(at(`${second?.date}T01:00:00Z`)).toMatchObject({ list: { id: 'event' }, day: { id: second?.id } });
    expect(at('2099-01-01T00:00:00Z')).toMatchObject({ list: { id: 'event' }, day: { id: event.days.at(-1)?.id } });
    expect(usualChoice(event, [], new Date())).toBeUndefined();
  });

  it('names phones that may hold scans: long unheard of, or over with scans that waited; none that is shut out', () => {
    const now = 10_000_000;
    const phone = (name: string, more: Partial<Device> = {}): Device =>
      ({ name, lists: ['event'], enrolledAt: now - 1000, endsAt: now + 1000, ...more }) as Device;
    const talk = (ago: number, waiting = 0) => ({ talk: { at: now - ago, waiting, refused: 0, version: 'v' } });
    const told = silentPhones(
      [
        phone('fine', talk(4_000, 2)),
        phone('silent', talk(61_000)),
        phone('never', { enrolledAt: now - 90_000 }),
        phone('new'),
        phone('elsewhere', { lists: ['day-1'], ...talk(61_000) }),
        phone('over', { endsAt: now - 1, ...talk(300_000) }),
        phone('took scans home', { endsAt: now - 1, ...talk(300_000, 7) }),
        phone('shut out', { revokedAt: now - 1, ...talk(300_000, 7) }),
      ],
      ['event'],
      now,
    );
    expect(told).toEqual([
      { name: 'took scans home', since: 300, waiting: 7 },
      { name: 'never', since: 90, waiting: 0 },
      { name: 'silent', since: 61, waiting: 0 },
    ]);
  });
});
