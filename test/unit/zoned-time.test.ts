import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noonsIn } from '../../shared/checkin/attendance/minutes.ts';
import { instantOf, localDate, localTimeOf, localWithOffset } from '../../shared/kernel/text/zoned-time.ts';
import { endAfter, lastDayOf } from '../../shared/team/role/organiser-role.ts';
import { instantTyped } from '../../web/console/kernel/form/typed.tsx';

const at = (local: string, zone: string): string =>
  instantOf(local.slice(0, 10), local.slice(11), zone).toISOString().replace(':00.000', '');

it('an instant is written with the offset that clocks have then, where they show a time twice too', () => {
  const written = (instant: string, zone: string) => localWithOffset(new Date(instant), zone);
  expect(written('2027-11-07T05:30:00Z', 'America/New_York')).toBe('2027-11-07T01:30-04:00');
  expect(written('2027-11-07T06:30:00Z', 'America/New_York')).toBe('2027-11-07T01:30-05:00');
  expect(written('2027-04-03T15:15:00Z', 'Australia/Lord_Howe')).toBe('2027-04-04T01:45+10:30');
  expect(written('2027-06-01T12:00:00Z', 'America/St_Johns')).toBe('2027-06-01T09:30-02:30');
});

describe('a local time', () => {
  it.each([
    // Skipped: as late after the change as it says after the hour at which clocks went on.
    ['America/New_York', '2027-03-14T02:30', '2027-03-14T07:30Z'],
    ['Europe/Berlin', '2027-03-28T02:30', '2027-03-28T01:30Z'],
    ['Australia/Lord_Howe', '2027-10-03T02:10', '2027-10-02T15:40Z'],
    // Days that begin at one o'clock.
    ['America/Santiago', '2027-09-05T00:00', '2027-09-05T04:00Z'],
    ['America/Havana', '2027-03-14T00:00', '2027-03-14T05:00Z'],
    ['Africa/Cairo', '2027-04-30T00:00', '2027-04-29T22:00Z'],
    // Twice: the first.
    ['America/New_York', '2027-11-07T01:30', '2027-11-07T05:30Z'],
    ['Europe/Berlin', '2027-10-31T02:30', '2027-10-31T00:30Z'],
    ['Australia/Lord_Howe', '2027-04-04T01:45', '2027-04-03T14:45Z'],
    ['America/Havana', '2027-11-07T00:00', '2027-11-07T04:00Z'],
  ])('in %s, %s, is at %s', (zone, local, instant) => expect(at(local, zone)).toBe(instant));

  const zones = ['America/St_Johns', 'America/Santiago', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu'];
  it('is the first instant that shows it, of all that do', () => {
    const minutes = fc.integer({ min: Date.UTC(2026, 0) / 60_000, max: Date.UTC(2029, 0) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
        const shown = localTimeOf(new Date(minute * 60_000).toISOString(), zone);
        const first = instantOf(shown.slice(0, 10), shown.slice(11), zone);
        expect(localTimeOf(first.toISOString(), zone)).toBe(shown);
        expect(first.getTime()).toBeLessThanOrEqual(minute * 60_000);
      }),
      { numRuns: 3000 },
    );
  });

  it('begins a day that has no midnight on that day, so that nobody loses an hour of the day before', () => {
    const zone = 'America/Santiago';
    expect(localDate(instantOf('2027-09-05', '00:00', zone), zone)).toBe('2027-09-05');
    const endsAt = endAfter('2027-09-04', zone);
    expect([endsAt, lastDayOf({ endsAt }, zone)]).toEqual(['2027-09-05T04:00:00.000Z', '2027-09-04']);
    // Whichever day is asked for first.
    const [late, next] = [Date.parse('2027-09-05T03:30Z'), Date.parse('2027-09-05T15:00Z')];
    const noonOf = noonsIn(zone);
    expect([noonOf(next), noonOf(late)]).toEqual([noonsIn(zone)(next), noonsIn(zone)(late)]);
  });
});

it('stays the instant that it is where a form shows it and nobody types another', () => {
  const stood = ['2027-10-22T16:59:59Z', '2027-11-07T06:30:00.000Z'] as const;
  const zone = 'America/New_York';
  for (const each of stood) expect(instantTyped(localTimeOf(each, zone), zone, each)).toBe(each);
  expect(instantTyped('2027-11-07T01:31', zone, stood[1])).toBe('2027-11-07T05:31:00.000Z');
});
