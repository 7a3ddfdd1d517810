import type { Words } from './words/en.ts';

interface Local {
  readonly weekday: number;
  readonly day: number;
  readonly month: number;
  readonly clock: string;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * An instant by the clock and calendar of a place. Browsers lack the words of some languages, and have other years and digits for
 * others: numbers come from here, words from the app.
 */
function localOf(at: number, timeZone: string): Local {
  const parts = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', {
    ...{ weekday: 'short', day: 'numeric', month: 'numeric', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(at);
  const of = (kind: string): string => parts.find(({ type }) => type === kind)?.value ?? '';
  return {
    weekday: WEEKDAYS.indexOf(of('weekday')),
    day: Number(of('day')),
    month: Number(of('month')),
    clock: `${of('hour')}:${of('minute')}`,
  };
}

/** `09:01`, where the event is. @param at epoch milliseconds */
export const clockOf = (at: number, timeZone: string): string => localOf(at, timeZone).clock;

const dateWords = ({ weekday, day, month }: Local, words: Words): string =>
  words.date(words.weekdays[weekday] ?? '', day, words.months[month - 1] ?? '');

/** `Tuesday 2 November`, of a local date `2027-11-02`. */
export const dateOf = (date: string, words: Words): string =>
  dateWords(localOf(Date.parse(`${date}T12:00:00Z`), 'UTC'), words);

/** `Tuesday 2 November, 09:01`, where the event is. @param at epoch milliseconds */
export function dateAndTime(at: number, timeZone: string, words: Words): string {
  const local = localOf(at, timeZone);
  return words.dateAndTime(dateWords(local, words), local.clock);
}

const MINUTE = 60 * 1000;

/** How long ago something was; `undefined` for never. Epoch milliseconds. */
export function ago(at: number | undefined, now: number, { sync }: Words): string {
  if (at === undefined) return sync.never;
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return sync.justNow;
  return minutes < 60 ? sync.minutesAgo(minutes) : sync.hoursAgo(Math.floor(minutes / 60));
}
