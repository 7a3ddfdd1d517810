import { offsetAt } from '../../kernel/text/zoned-time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** No zone keeps an offset for less than this: Morocco's month of Ramadan is the shortest. */
const STEP = 7 * DAY;

/**
 * The lines of the VTIMEZONE component (RFC 5545, 3.6.5) of any IANA zone, from the start of the first date's year to the
 * last date: one observance for the offset at the start, and one for each change of clocks. Without it some calendars
 * read the event's local times as their own.
 *
 * @param first `YYYY-MM-DD`, like `last`
 */
export function vtimezone(timeZone: string, first: string, last: string): string[] {
  const year = first.slice(0, 4);
  const start = Date.parse(`${year}-01-01T00:00:00Z`);
  const initial = offsetAt(start, timeZone);
  const changes = changesOfClocks(timeZone, start, Date.parse(`${last}T00:00:00Z`) + 2 * DAY);
  const standard = Math.min(initial, ...changes.map(({ after }) => after));
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...observance(`${year}0101T000000`, initial, initial, standard),
    ...changes.flatMap(({ at, before, after }) => observance(localStamp(at + before), before, after, standard)),
    'END:VTIMEZONE',
  ];
}

interface ChangeOfClocks {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

function changesOfClocks(timeZone: string, start: number, end: number): ChangeOfClocks[] {
  const changes: ChangeOfClocks[] = [];
  let before = offsetAt(start, timeZone);
  for (let from = start; from < end; from += STEP) {
    const after = offsetAt(from + STEP, timeZone);
    if (after !== before) changes.push({ at: momentOfChange(timeZone, from, from + STEP), before, after });
    before = after;
  }
  return changes;
}

/** The first minute at which the offset is no longer what it was at `from`. */
function momentOfChange(timeZone: string, from: number, to: number): number {
  const before = offsetAt(from, timeZone);
  let [low, high] = [from, to];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
}

function observance(onset: string, from: number, to: number, standard: number): string[] {
  const name = to > standard ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${name}`,
    `DTSTART:${onset}`,
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${name}`,
  ];
}

/** `+0700` */
function offsetText(milliseconds: number): string {
  const minutes = Math.abs(milliseconds) / MINUTE;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${milliseconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

/** `20270328T020000`, of a local time held as if it were UTC. */
const localStamp = (local: number): string => new Date(local).toISOString().slice(0, 19).replace(/[-:]/g, '');
