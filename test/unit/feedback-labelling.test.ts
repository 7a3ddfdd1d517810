import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counted } from '../../shared/checkin/attendance/attendance.store.ts';
import { LEAST_GROUP, mayName } from '../../shared/feedback/result/groups.ts';
import { type Labelled, labelsOf, type NameableLabels, NOTHING_NAMED } from '../../shared/feedback/result/published.ts';
import { namedNow } from '../../shared/feedback/token/named.case.ts';

const MODES = ['in-person', 'online'] as const;
const CATEGORIES = ['un', 'ngo', 'media', 'academia'];
const event = {
  modes: MODES.map((id) => ({ id, title: id })),
  categories: CATEGORIES.map((id) => ({ id, title: id })),
} as unknown as Parameters<typeof namedNow>[3];

const cell = ({ mode, category }: Labelled): string => `${mode} ${category}`;

/** What a list of Monday counted. */
function counted(people: readonly Labelled[]): Counted[] {
  const cells = new Map<string, Counted>();
  for (const { mode, category } of people) {
    const before = cells.get(cell({ mode, category }));
    const came = (before?.came ?? 0) + 1;
    cells.set(cell({ mode, category }), { list: 'monday', isOnline: mode === 'online', mode, category, came });
  }
  return [...cells.values()];
}

const people = (mode: string, category: string, howMany: number): Labelled[] =>
  Array.from({ length: howMany }, () => ({ mode, category }));

const named = (all: readonly Labelled[], before: NameableLabels = NOTHING_NAMED): NameableLabels =>
  namedNow(before, counted(all), ['monday'], event);

describe('what is said of someone beside their answers', () => {
  const anybody = fc.record({ mode: fc.constantFrom(...MODES), category: fc.constantFrom(...CATEGORIES) });
  /** People come one after the other, and now and then one answers. */
  const course = fc.array(fc.record({ who: anybody, answers: fc.boolean() }), { maxLength: 90 });

  it('is said of five who were there, whenever it is said, and of none of them could have been said anything narrower before', () => {
    fc.assert(
      fc.property(course, (steps) => {
        const there: { who: Labelled; said: Set<string> }[] = [];
        let now = NOTHING_NAMED;
        for (const { who, answers } of steps) {
          there.push({ who, said: new Set() });
          if (!answers) continue;
          now = named(
            there.map((each) => each.who),
            now,
          );
          for (const each of there) each.said.add(cell(labelsOf(now, each.who)));
          for (const { said } of there) {
            const label = cell(labelsOf(now, there.find((each) => each.said === said)?.who ?? who));
            const alike = there.filter((each) => cell(labelsOf(now, each.who)) === label);
            expect(alike.length).toBeGreaterThanOrEqual(Math.min(LEAST_GROUP, there.length));
            // An attendee who answered earlier did so as one of these, or as one of more people.
            for (const { said: all } of alike) {
              const earlier = [...all].filter((each) => each !== label);
              for (const each of earlier) expect(each.split(' ')).toContain('other');
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing that was not named, and what was named once stays', () => {
    fc.assert(
      fc.property(course, (steps) => {
        const there: Labelled[] = [];
        let before = NOTHING_NAMED;
        for (const { who } of steps) {
          there.push(who);
          const now = named(there, before);
          expect(now.modes).toEqual(expect.arrayContaining([...before.modes]));
          for (const mode of before.modes)
            expect(now.categories[mode] ?? []).toEqual(expect.arrayContaining([...(before.categories[mode] ?? [])]));
          before = now;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is said of five who may answer now, whoever could before: a door was scanned late, or there is a group that was not to be', () => {
    const category = fc.constantFrom(...CATEGORIES, 'startup');
    const those = fc.array(fc.record({ mode: fc.constantFrom(...MODES), category }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(those, { maxLength: 4 }), (times) => {
        let now = NOTHING_NAMED;
        for (const there of times) {
          now = named(there, now);
          for (const who of there) {
            const alike = there.filter((each) => cell(labelsOf(now, each)) === cell(labelsOf(now, who)));
            expect(alike.length).toBeGreaterThanOrEqual(Math.min(LEAST_GROUP, there.length));
          }
        }
      }),
      { numRuns: 2000 },
    );
    const day = people('in-person', 'ngo', 20).concat(people('online', 'un', 9), people('online', 'ngo', 9));
    const door = people('in-person', 'ngo', 7).concat(people('online', 'un', 1));
    expect(labelsOf(named(door, named(day)), { mode: 'online', category: 'un' })).toEqual(
      labelsOf(named(door, named(day)), { mode: 'in-person', category: 'ngo' }),
    );
  });

  it('leaves a large group with the others for whoever comes late and would be alone', () => {
    const early = people('in-person', 'ngo', 7).concat(people('in-person', 'academia', 5), people('online', 'ngo', 6));
    const before = named(early);
    expect(labelsOf(before, { mode: 'in-person', category: 'ngo' })).toEqual({ mode: 'in-person', category: 'ngo' });
    expect(labelsOf(before, { mode: 'in-person', category: 'academia' }).category).toBe('other');
    const after = named([...early, { mode: 'in-person', category: 'un' }], before);
    expect(labelsOf(after, { mode: 'in-person', category: 'un' }).category).toBe('other');
    expect(labelsOf(after, { mode: 'in-person', category: 'academia' }).category).toBe('other');
  });

  it('is both where five are alike in both, and nobody can come who is not', () => {
    const now = named(MODES.flatMap((mode) => CATEGORIES.flatMap((category) => people(mode, category, 5))));
    for (const mode of MODES)
      for (const category of CATEGORIES) expect(labelsOf(now, { mode, category })).toEqual({ mode, category });
  });

  it('names more as more come: scans of a phone that was offline are late', () => {
    const online = people('online', 'ngo', 6).concat(people('online', 'un', 5));
    const before = named(online);
    expect(before.modes).toEqual([]);
    const after = named([...online, ...people('in-person', 'ngo', 9), ...people('in-person', 'media', 3)], before);
    expect(after.modes.toSorted()).toEqual(['in-person', 'online']);
  });

  it('counts no ticket of nobody among the five', () => {
    const now = named(people('in-person', 'un', 9).concat(people('online', 'un', 4), people('unknown', 'unknown', 3)));
    expect(now.modes).toEqual([]);
  });

  it('is nothing of a group that the event does not have any more, or not yet', () => {
    const now = named(people('in-person', 'ngo', 9).concat(people('online', 'ngo', 9)));
    expect(labelsOf(now, { mode: 'in-person', category: 'startup' }).category).toBe('other');
  });
});

describe('groups that may be named', () => {
  const ALL = ['ngo', 'un', 'youth'];
  it.each([
    ['all, where five of each came', { ngo: 9, un: 6, youth: 5 }, ['ngo', 'un', 'youth']],
    ['those that are large, where the others are five', { ngo: 9, un: 3, youth: 2 }, ['ngo']],
    ['not the smallest large one, where the others are fewer', { ngo: 9, un: 7, youth: 2 }, ['ngo']],
    ['nor where nobody came who is of another', { ngo: 9, un: 7 }, ['ngo']],
    ['none of few', { ngo: 2, un: 2 }, []],
    ['none of nobody', {}, []],
  ])('are %s', (_, came, expected) => {
    expect([...mayName([], came, ALL)].sort()).toEqual(expected);
  });

  it('stay so, and are the same list where there is nothing new', () => {
    const before = ['ngo'];
    expect(mayName(before, { ngo: 9, un: 7, youth: 2 }, ALL)).toBe(before);
    expect(mayName(before, { ngo: 9, un: 7, youth: 5 }, ALL)).toEqual(['ngo', 'youth', 'un']);
  });
});
