import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantMoved, movedTo } from '../../shared/event/event-times.ts';

const day = fc.date({ min: new Date('2001-01-01'), max: new Date('2098-12-31'), noInvalidDate: true });
const written = (date: Date) => date.toISOString().slice(0, 10);
const apart = (dates: readonly { readonly date: string }[]) =>
  dates.map(({ date }) => (Date.parse(date) - Date.parse(dates[0]?.date ?? '')) / 86_400_000);

describe('days that move along with the first', () => {
  it('begin on the new date, as many and as far apart as before', () => {
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 8 }), day, (dates, first) => {
        const days = dates
          .map((date) => ({ id: 'a-day', date: written(date) }))
          .sort((a, b) => a.date.localeCompare(b.date));
        const moved = movedTo(days, written(first));
        expect(moved[0]).toEqual({ id: 'a-day', date: written(first) });
        expect(apart(moved)).toEqual(apart(days));
        expect(movedTo(moved, days[0]?.date ?? '')).toEqual(days);
      }),
    );
  });

  it('pass over the end of February and of a year', () => {
    const days = [{ date: '2027-11-02' }, { date: '2027-11-03' }];
    expect(movedTo(days, '2028-02-28')).toEqual([{ date: '2028-02-28' }, { date: '2028-02-29' }]);
    expect(movedTo(days, '2027-12-31')).toEqual([{ date: '2027-12-31' }, { date: '2028-01-01' }]);
  });
});

it('times of registration move along by the clocks of the event, over a change of these, to the second', () => {
  const event = {
    days: [{ id: 'day', title: '', date: '2027-06-10', start: '09:00', end: '17:00' }],
    timeZone: 'Europe/Oslo',
  };
  expect(instantMoved('2027-06-01T10:00:30+02:00', event, '2027-12-10')).toBe('2027-12-01T09:00:30.000Z');
  expect(instantMoved('2027-06-01T10:00:30+02:00', event, '2027-06-10')).toBe('2027-06-01T08:00:30.000Z');
});
