import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stayOn } from '../../shared/checkin/attendance/arrivals.ts';
import {
  daysOnly,
  isWithoutMinute,
  noonsIn,
  toldInstant,
  toldTime,
  withoutMinutes,
} from '../../shared/checkin/attendance/minutes.ts';
import { passageOf, stayOf, validMarks } from '../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../shared/checkin/scan/scan.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { minutesEnd } from '../../shared/event/event-times.ts';
import { localDate } from '../../shared/kernel/text/zoned-time.ts';
import { forum } from '../support/forum.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONES = ['Asia/Phnom_Penh', 'America/Havana', 'Africa/Cairo', 'Pacific/Kiritimati', 'Asia/Kathmandu'] as const;
const BEGINS = Date.parse('2027-11-01T16:00:00Z');
const PASSINGS = ['once', 'again', 'in-and-out'] as const;

/** Scans of three days, with undoes in time and too late, by the same device and another. */
const scans = fc
  .array(
    fc.record({
      // What a member notes is at a whole minute, often at noon.
      at: fc.oneof(
        fc.integer({ min: BEGINS, max: BEGINS + 3 * DAY }),
        fc.integer({ min: 0, max: 72 }).map((hours) => BEGINS + hours * HOUR),
      ),
      kind: fc.constantFrom('in', 'out', 'in', 'undo'),
      device: fc.constantFrom('one', 'two', 'online'),
      after: fc.constantFrom(10_000, 30_000, 10 * 60_000, DAY),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ at, kind, device, after }, n): ScanMark => {
      const undone = all[n - 1];
      return kind === 'undo' && undone !== undefined
        ? { scanId: `s${n}`, kind, device, undoes: `s${n - 1}`, correctedAt: undone.at + after }
        : { scanId: `s${n}`, kind: kind === 'undo' ? 'in' : kind, device, correctedAt: at };
    }),
  );
const names = (found: readonly (ScanMark | undefined)[]) => found.map((each) => each?.scanId);

describe('scans without their minutes', () => {
  it('come to the same: who came first, who is inside, who is in question, on all days and on each', () => {
    fc.assert(
      fc.property(scans, fc.constantFrom(...ZONES), fc.constantFrom(...PASSINGS), (marks, timeZone, passing) => {
        const days = withoutMinutes(marks, noonsIn(timeZone));
        const [was, is] = [marks, days].map((each) => passageOf(each, passing));
        expect(names([is?.checkIn, is?.last])).toEqual(names([was?.checkIn, was?.last]));
        expect(is?.isInside).toBe(was?.isInside);
        expect(names(is?.conflicts.map(({ scan }) => scan) ?? [])).toEqual(
          names(was?.conflicts.map(({ scan }) => scan) ?? []),
        );
        for (let day = 0; day < 4; day += 1) {
          const date = localDate(new Date(BEGINS + day * DAY), timeZone);
          const on = stayOn({ timeZone }, { list: { passing } as never, day: { date } as never });
          expect(names([on(days)?.first, on(days)?.left])).toEqual(names([on(marks)?.first, on(marks)?.left]));
        }
      }),
    );
  });

  it('say the day and nothing more, and are the same when it is done again', () => {
    fc.assert(
      fc.property(scans, fc.constantFrom(...ZONES), (marks, timeZone) => {
        const noonOf = noonsIn(timeZone);
        const days = withoutMinutes(marks, noonOf);
        for (const [n, { kind, correctedAt }] of days.entries()) {
          if (kind !== 'undo')
            expect(localDate(new Date(correctedAt), timeZone)).toBe(
              localDate(new Date(marks[n]?.correctedAt ?? 0), timeZone),
            );
        }
        expect(days.every((each) => isWithoutMinute(each, noonOf))).toBe(true);
        expect(withoutMinutes(days, noonOf)).toEqual(days);
      }),
    );
  });

  it('stay where they are when another one comes late, which is put behind those of its day', () => {
    const noonOf = noonsIn('Asia/Phnom_Penh');
    const mark = (scanId: string, hours: number): ScanMark => ({
      ...{ scanId, kind: 'in', device: 'one', correctedAt: BEGINS + hours * HOUR },
    });
    const days = withoutMinutes([mark('b', 10), mark('a', 9)], noonOf);
    const [b = 0, a = 0] = days.map(({ correctedAt }) => correctedAt);
    expect([b - a, noonOf(a)]).toEqual([1, noonOf(BEGINS + 9 * HOUR)]);
    const late = withoutMinutes([...days, mark('c', 3)], noonOf);
    expect(late.slice(0, 2)).toEqual(days);
    expect(late[2]?.correctedAt).toBe(a + 2);
  });

  it('stay in their order where a member noted that someone came at noon', () => {
    const [at9, at10, noon] = ['T09:00:00+07:00', 'T10:00:00+07:00', 'T12:00:00+07:00'].map((time) =>
      Date.parse(`2027-11-02${time}`),
    ) as [number, number, number];
    const marks: readonly ScanMark[] = [
      { scanId: 'hand', device: 'by-hand', kind: 'in', correctedAt: noon },
      { scanId: 'in', device: 'one', kind: 'in', correctedAt: at9 },
      { scanId: 'out', device: 'one', kind: 'out', correctedAt: at10 },
    ];
    const days = withoutMinutes(marks, noonsIn('Asia/Phnom_Penh'));
    expect(days.every((each) => isWithoutMinute(each, noonsIn('Asia/Phnom_Penh')))).toBe(true);
    expect(stayOf(days, 'in-and-out')).toMatchObject({ first: { scanId: 'in' }, left: undefined });
    expect(passageOf(days, 'once').conflicts).toMatchObject([{ scan: { scanId: 'hand' }, earlier: { scanId: 'in' } }]);
  });

  it('are taken back by an undo that a phone brings in later than the scan, unless it came too late at the door', () => {
    const [scanned, noonOf] = [BEGINS + 9 * HOUR, noonsIn('Asia/Phnom_Penh')];
    const before = withoutMinutes([{ scanId: 'in', device: 'one', kind: 'in', correctedAt: scanned }], noonOf);
    const late = (undo: Partial<ScanMark> & { readonly after?: number }) => {
      const { after = 20_000, ...more } = undo;
      const mark = { scanId: 'undo', device: 'one', kind: 'undo' as const, undoes: 'in', correctedAt: scanned + after };
      const once = withoutMinutes([...before, { ...mark, ...more }], noonOf);
      expect(withoutMinutes(once, noonOf)).toEqual(once);
      expect(once.every((each) => isWithoutMinute(each, noonOf))).toBe(true);
      return validMarks(once).map(({ scanId }) => scanId);
    };
    expect(late({})).toEqual([]);
    expect(late({ device: 'two' })).toEqual(['in']);
    expect(late({ after: DAY })).toEqual(['in']);
    // What was known to come too late stays so.
    const own = { scanId: 'in', device: 'one', kind: 'in', correctedAt: scanned } as const;
    const undo = { scanId: 'undo', device: 'one', kind: 'undo', undoes: 'in', correctedAt: scanned + HOUR } as const;
    const known = withoutMinutes([own, undo], noonOf);
    expect(validMarks(withoutMinutes(known, noonOf)).map(({ scanId }) => scanId)).toEqual(['in']);
    // At once, and on the next day.
    const night = Date.parse('2027-11-02T23:59:50+07:00');
    const atNight = withoutMinutes([{ ...own, correctedAt: night }], noonOf);
    expect(validMarks(withoutMinutes([...atNight, { ...undo, correctedAt: night + 20_000 }], noonOf))).toEqual([]);
  });

  it('are told by their date from thirty days after the end on, and by the minute until then', () => {
    const { rules } = splitTexts(forum());
    const end = minutesEnd(rules).getTime();
    expect(end).toBe(Date.parse('2027-11-03T17:00:00+07:00') + 30 * DAY);
    const scanned = Date.parse('2027-11-02T23:30:00Z');
    for (const [now, told, instant, only] of [
      [end - 1, '2027-11-02T23:30:00.000Z', scanned, {}],
      [end, '2027-11-03', Date.parse('2027-11-03T12:00:00+07:00'), { daysOnly: true }],
    ] as const) {
      expect(toldTime(rules, new Date(now))(scanned)).toBe(told);
      expect(toldInstant(rules, new Date(now))(scanned)).toBe(instant);
      expect(daysOnly(rules, new Date(now))).toEqual(only);
    }
  });

  it('are told by their date also where the event was given another day later, and nobody is said to have come at noon', () => {
    const { rules } = splitTexts(forum());
    const noonOf = noonsIn(rules.timeZone);
    const at = (time: string) => ({ scanId: time, device: 'one', kind: 'in', correctedAt: Date.parse(time) }) as const;
    const [early, late] = withoutMinutes([at('2027-11-02T09:03:00+07:00'), at('2027-11-02T23:51:00+07:00')], noonOf);
    const [last] = rules.days.slice(-1);
    const moved = { ...rules, days: [...rules.days, { ...last, id: 'more', date: '2027-12-20' }] } as typeof rules;
    const now = new Date('2027-12-21T00:00:00Z');
    expect(daysOnly(moved, now)).toEqual({});
    const told = toldTime(moved, now);
    expect([early, late].map((mark) => told(mark?.correctedAt ?? 0))).toEqual(['2027-11-02', '2027-11-02']);
    const noon = Date.parse('2027-12-20T12:00:00+07:00');
    expect(told(noon)).toBe(new Date(noon).toISOString());
  });
});
