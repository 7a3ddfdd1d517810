import { useEffect, useState } from 'preact/hooks';
import type { CheckinTranslate } from '../../shared/kernel/i18n/words.ts';

interface Local {
  readonly weekday: (typeof WEEKDAYS)[number];
  readonly day: number;
  readonly month: (typeof MONTHS)[number];
  readonly clock: string;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;

const oneOf = <T extends string>(all: readonly [T, ...T[]], name: string): T =>
  all.find((each) => each === name) ?? all[0];

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
    weekday: oneOf(WEEKDAYS, of('weekday')),
    day: Number(of('day')),
    month: oneOf(MONTHS, of('month')),
    clock: `${of('hour')}:${of('minute')}`,
  };
}

/** `09:01`, where the event is. @param at epoch milliseconds */
export const clockOf = (at: number, timeZone: string): string => localOf(at, timeZone).clock;

const dateWords = ({ weekday, day, month }: Local, t: CheckinTranslate): string =>
  t('common.date', { weekday: t(`weekdays.${weekday}`), day, month: t(`months.${month}`) });

/** `Tuesday 2 November`, of a local date `2027-11-02`. */
export const dateOf = (date: string, t: CheckinTranslate): string =>
  dateWords(localOf(Date.parse(`${date}T12:00:00Z`), 'UTC'), t);

/** `Tuesday 2 November, 09:01`, where the event is. @param at epoch milliseconds */
export function dateAndTime(at: number, timeZone: string, t: CheckinTranslate): string {
  const local = localOf(at, timeZone);
  return t('common.dateAndTime', { date: dateWords(local, t), time: local.clock });
}

const MINUTE = 60 * 1000;

/** How long ago something was; `undefined` for never. Epoch milliseconds. */
export function ago(at: number | undefined, now: number, t: CheckinTranslate): string {
  if (at === undefined) return t('sync.never');
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return t('sync.justNow');
  return minutes < 60 ? t('sync.minutesAgo', { minutes }) : t('sync.hoursAgo', { hours: Math.floor(minutes / 60) });
}

/** The time by the phone's clock, as old as `every` milliseconds at most. */
export function useNow(now: () => number, every = MINUTE / 2): number {
  const [shown, setShown] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setShown(now()), every);
    return () => clearInterval(timer);
  }, [now, every]);
  return shown;
}
