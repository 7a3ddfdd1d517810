const DAY = 24 * 60 * 60 * 1000;

/**
 * The days of an event, moved along so that the first of them is on another date: as many, and as far apart. What is held on a
 * day names it by its id, and so moves with it.
 *
 * @param days the earliest first
 * @param firstDay `YYYY-MM-DD`
 * @example movedTo([{ date: '2027-11-02' }, { date: '2027-11-04' }], '2028-03-01') is on 2028-03-01 and 2028-03-03
 */
export function movedTo<Day extends { readonly date: string }>(days: readonly Day[], firstDay: string): readonly Day[] {
  const [first] = days;
  if (first === undefined) return days;
  const by = epochDay(firstDay) - epochDay(first.date);
  return days.map((day) => ({ ...day, date: dateOf(epochDay(day.date) + by) }));
}

const epochDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
