import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS, kindOf } from '../../shared/team/audit/audit.ts';
import { isLook, linesOf } from '../../web/console/registration/person/timeline.tsx';
import { deedText } from '../../web/console/team/audit-entry.ts';
import { fetchWords } from '../../web/console/words.ts';

type Entry = Parameters<typeof isLook>[0] & { readonly at: string; readonly by: string };
type Change = { readonly at: string; readonly memberId?: string; readonly was?: string };

/** An instant of one minute, by its milliseconds. */
const at = (ms: number): string => new Date(Date.UTC(2027, 10, 2, 8) + ms).toISOString();
const did = (ms: number, by: string, action: Entry['action']): Entry => ({
  at: at(ms),
  by,
  action,
  kind: kindOf(action),
});
const changed = (ms: number, memberId?: string): Change => ({
  at: at(ms),
  ...(memberId !== undefined && { memberId }),
});
const BEGAN = at(-3_600_000);

/** Each line as its milliseconds, the place of its change, and its action. */
const told = (
  changes: readonly Change[],
  entries: readonly Entry[],
  next?: string,
  began = BEGAN,
  answeredAt: readonly string[] = [],
): string[] =>
  linesOf(changes, entries, { submittedAt: began, answeredAt }, next).map(({ change, entry, registers, answers }) =>
    [registers ? 'registered' : answers ? 'answered' : change && `change ${changes.indexOf(change)}`, entry?.action]
      .filter(Boolean)
      .join(' + '),
  );

describe('history and audit are one list', () => {
  it('newest first; what a member did and the change that it made are one line', () => {
    const changes = [changed(40_000), changed(30_000, 'a'), changed(10_000, 'b')];
    const entries = [did(50_000, 'a', 'write-note'), did(30_012, 'a', 'approve'), did(20_000, 'c', 'greet')];
    expect(told(changes, entries)).toEqual([
      ...['write-note', 'change 0', 'change 1 + approve', 'greet', 'change 2', 'registered'],
    ]);
  });

  it.each([
    ['two seconds after', 32_000, 'a', 1],
    ['two seconds before', 28_000, 'a', 1],
    ['later', 32_001, 'a', 2],
    ['earlier', 27_999, 'a', 2],
    ['another member at the same instant', 30_000, 'b', 2],
  ])('%s', (_, ms, by, lines) => {
    expect(told([changed(30_000, 'a')], [did(ms, by, 'approve')])).toHaveLength(lines + 1);
  });

  it('a change of the attendee, of a coordinator or of the rules is nobody’s of the team', () => {
    expect(told([changed(30_000)], [did(30_000, 'a', 'approve')])).toEqual(['change 0', 'approve', 'registered']);
  });

  it('an answer to what was asked is a line of its own, though nothing else changed by it', () => {
    const entries = [did(20_000, 'a', 'approve'), did(10_000, 'a', 'ask-applicant')];
    const answered = [at(15_000), at(20_001)];
    expect(told([changed(10_001, 'a')], entries, undefined, BEGAN, answered)).toEqual([
      ...['answered', 'approve', 'answered', 'change 0 + ask-applicant', 'registered'],
    ]);
    expect(
      told([], entries, `${at(12_000)}#x`, BEGAN, [at(13_000), at(20_001)]),
      'older ones come with their page',
    ).toEqual(['answered', 'approve', 'ask-applicant']);
  });

  it('of several that are near, each goes with the nearest, in any order', () => {
    const changes = [changed(31_500, 'a'), changed(30_000, 'a')];
    const entries = [did(31_510, 'a', 'correct-name'), did(31_000, 'a', 'write-note'), did(30_005, 'a', 'approve')];
    const wanted = ['change 0 + correct-name', 'write-note', 'change 1 + approve', 'registered'];
    expect(told(changes, entries)).toEqual(wanted);
    expect(told(changes, entries.toReversed())).toEqual(wanted);
  });

  it('a look makes no change, and one entry makes one', () => {
    expect(told([changed(30_000, 'a')], [did(30_000, 'a', 'find-address')])).toEqual([
      ...['change 0', 'find-address', 'registered'],
    ]);
    expect(told([changed(30_001, 'a'), changed(30_000, 'a')], [did(30_001, 'a', 'approve')])).toEqual([
      ...['change 0 + approve', 'change 1', 'registered'],
    ]);
  });

  it('who was added or came in at a desk registered by that; who registered themselves did so last of all', () => {
    expect(told([], [did(5, 'a', 'add')], undefined, at(0))).toEqual(['registered + add']);
    expect(told([], [did(5, 'device 1', 'walk-in')], undefined, at(0))).toEqual(['registered + walk-in']);
    expect(told([changed(0, 'a')], [did(0, 'b', 'tag')], undefined, at(0))).toEqual(['change 0', 'tag', 'registered']);
  });

  it('while older entries are not read, nothing of what they may be about', () => {
    const changes = [changed(40_000, 'a'), changed(32_000, 'a'), changed(29_000, 'a'), changed(10_000)];
    const entries = [did(30_000, 'a', 'approve')];
    const next = `${at(30_000)}#${'x'.repeat(22)}`;
    expect(told(changes, entries, next)).toEqual(['change 0', 'change 2 + approve']);
    expect(told(changes, [], next), 'of a page of which nothing is for the reader').toEqual(['change 0']);
    expect(told(changes, [...entries, did(28_000, 'a', 'tag')])).toEqual([
      ...['change 0', 'change 1', 'change 2 + approve', 'tag', 'change 3', 'registered'],
    ]);
  });

  it('of any history and any audit all is told once, newest first', () => {
    const instant = fc.integer({ min: 0, max: 9_000 });
    const who = fc.constantFrom('a', 'b');
    const some = fc.record({
      changes: fc.array(fc.tuple(instant, fc.option(who, { nil: undefined })), { maxLength: 12 }),
      entries: fc.array(fc.tuple(instant, who, fc.constantFrom(...AUDIT_ACTIONS)), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(some, (drawn) => {
        const changes = drawn.changes.map(([ms, by]) => changed(ms, by));
        const entries = drawn.entries.map(([ms, by, action]) => did(ms, by, action));
        const lines = linesOf(changes, entries, { submittedAt: BEGAN, answeredAt: [] });
        expect(new Set(lines.flatMap(({ change }) => change ?? []))).toEqual(new Set(changes));
        expect(lines.flatMap(({ entry }) => entry ?? [])).toHaveLength(entries.length);
        expect(lines.filter(({ registers }) => registers)).toHaveLength(1);
        expect(lines.map((line) => line.at)).toEqual(
          lines
            .map((line) => line.at)
            .sort()
            .reverse(),
        );
        for (const { change, entry } of lines) {
          if (change && entry) expect([change.memberId, isLook(entry)]).toEqual([entry.by, false]);
        }
      }),
    );
  });
});

describe('what a member did', () => {
  beforeAll(() => fetchWords('audit'));

  it('is a look, or none', () => {
    const looks = AUDIT_ACTIONS.filter((action) => isLook({ action, kind: kindOf(action) }));
    expect(looks).toEqual(
      expect.arrayContaining(['find-address', 'read-minor', 'read-handover', 'load-people', 'export']),
    );
    for (const made of ['approve', 'write-note', 'greet', 'send-again', 'substitute', 'arrange-need'] as const)
      expect(looks).not.toContain(made);
  });

  it('is a sentence; of an action that this console does not know, who and of which group', () => {
    expect(deedText({ action: 'approve', kind: 'did' }, 'Ana')).toBe('Ana approved a registration');
    expect(deedText({ action: 'paint' as never, kind: 'did' }, 'Ana')).toBe('Ana: Decided and changed');
    expect(deedText({ action: 'paint' as never, kind: 'arts' as never }, 'Ana')).toBe('Ana: paint');
    expect(isLook({ action: 'read-paint' as never, kind: 'arts' as never })).toBe(true);
  });
});
