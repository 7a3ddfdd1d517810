import { describe, expect, it } from 'vitest';
import { dueAnnouncements, isTimely, timedAnnouncements } from '../../shared/announcements/timed/timed-announcement.ts';
import { kindsWhere } from '../../shared/mail/kinds.ts';

const event = (timeZone: string, dates: readonly string[], start = '09:00') => ({
  timeZone,
  days: dates.map((date) => ({ id: date, title: date, date, start, end: '17:00' })),
});
const FORUM = event('Asia/Phnom_Penh', ['2027-11-02', '2027-11-03']);
const due = (of: typeof FORUM, instant: string) => dueAnnouncements(of, new Date(instant)).map(({ id }) => id);

describe('what is announced as its time comes', () => {
  it('is a week and a day before the first day, and the day after the last, at nine at the event', () => {
    expect(timedAnnouncements(FORUM).map(({ id, at }) => [id, at.toISOString()])).toEqual([
      ['reminder-week#2027-11-02', '2027-10-26T02:00:00.000Z'],
      ['reminder-day#2027-11-02', '2027-11-01T02:00:00.000Z'],
      ['thank-you#2027-11-03', '2027-11-04T02:00:00.000Z'],
    ]);
  });

  it('is by the clocks there, whose change comes between', () => {
    // Clocks in Berlin go back on 31 October 2027.
    const [week, day] = timedAnnouncements(event('Europe/Berlin', ['2027-11-02']));
    expect([week?.at.toISOString(), day?.at.toISOString()]).toEqual([
      '2027-10-26T07:00:00.000Z',
      '2027-11-01T08:00:00.000Z',
    ]);
  });

  it.each([
    ['2027-10-26T01:59:59Z', []],
    ['2027-10-26T02:00:00Z', ['reminder-week#2027-11-02']],
    ['2027-10-27T01:59:59Z', ['reminder-week#2027-11-02']],
    ['2027-10-27T02:00:00Z', []],
    ['2027-11-01T02:00:00Z', ['reminder-day#2027-11-02']],
    ['2027-11-02T01:59:59Z', ['reminder-day#2027-11-02']],
    ['2027-11-02T02:00:00Z', []],
    ['2027-11-04T01:59:59Z', []],
    ['2027-11-04T02:00:00Z', ['thank-you#2027-11-03']],
    ['2027-11-07T01:59:59Z', ['thank-you#2027-11-03']],
    ['2027-11-07T02:00:00Z', []],
  ])('at %s is %j', (instant, ids) => {
    expect(due(FORUM, instant)).toEqual(ids);
  });

  it('is not made once the event began, however early that is', () => {
    const early = event('Asia/Phnom_Penh', ['2027-11-02'], '06:00');
    expect(due(early, '2027-11-01T22:59:59Z')).toEqual(['reminder-day#2027-11-02']);
    expect(due(early, '2027-11-01T23:00:00Z')).toEqual([]);
  });

  it('is about the dates in their order, however they are written', () => {
    const [week, , thanks] = timedAnnouncements(event('UTC', ['2027-11-03', '2027-11-02']));
    expect([week?.id, thanks?.id]).toEqual(['reminder-week#2027-11-02', 'thank-you#2027-11-03']);
  });
});

it.each(['cancelled', 'postponed'] as const)('nothing is announced of an event that is %s', (status) => {
  expect(timedAnnouncements({ ...FORUM, status })).toEqual([]);
  const told = { kind: 'reminder-week', id: 'reminder-week#2027-11-02' } as const;
  expect(isTimely(told, { ...FORUM, status }, new Date('2027-10-26T02:00:00Z'))).toBe(false);
});

describe('a mail that had to wait', () => {
  const said = (kind: 'reminder-week' | 'reminder-day' | 'organiser-message', id: string, instant: string) =>
    isTimely({ kind, id }, FORUM, new Date(instant));

  it('is not sent once it is stale: a week ahead once the day before is told, a day ahead once it began', () => {
    expect(said('reminder-week', 'reminder-week#2027-11-02', '2027-11-01T01:59:59Z')).toBe(true);
    expect(said('reminder-week', 'reminder-week#2027-11-02', '2027-11-01T02:00:00Z')).toBe(false);
    expect(said('reminder-day', 'reminder-day#2027-11-02', '2027-11-02T01:59:59Z')).toBe(true);
    expect(said('reminder-day', 'reminder-day#2027-11-02', '2027-11-02T02:00:00Z')).toBe(false);
  });

  it('is not sent where the event moved meanwhile', () => {
    expect(said('reminder-week', 'reminder-week#2027-11-09', '2027-10-26T02:00:00Z')).toBe(false);
  });

  it('is sent at any time where it has none of its own', () => {
    expect(said('organiser-message', 'hello', '2030-01-01T00:00:00Z')).toBe(true);
  });
});

it('only mail that nobody needs can be stopped: never tickets, links, changes or what guardians get', () => {
  expect(kindsWhere({ optional: [true] })).toEqual(['reminder-week', 'reminder-day', 'thank-you', 'organiser-message']);
});
