import { minutesEnd } from '../../event/event-times.ts';
import { instantOf, localDate } from '../../kernel/text/zoned-time.ts';
import { byRank, type ScanMark, takesBack, UNDO_SEEN } from '../scan/scan.ts';
import type { Scan } from '../scan/scans.schema.ts';
import { MOST_MARKS } from '../scan/take-scan.ts';

/*
 * When people came and left is kept to the minute for some weeks after an event, and by the day from then on. All scans of a day are put behind
 * its noon, which clocks have on every day, a millisecond apart in their order: who came first and who left is still known, and not when.
 */

const DAY = 24 * 60 * 60 * 1000;
/** Where the first scan of a day is put, milliseconds from noon: members who note when someone came write whole minutes, noon among them. */
const FIRST_PLACE = 31_007;
/** Where an undo is put that takes nothing back, milliseconds from noon: too far from any scan of that day to do so. */
const WITHOUT_EFFECT = DAY / 4 + FIRST_PLACE;

type Timed = Parameters<typeof minutesEnd>[0];

/** Until when minutes of an event are kept, epoch milliseconds, and in which zone its days are. */
export interface MinutesKept {
  readonly until: number;
  readonly timeZone: string;
}

export const minutesKept = (event: Timed): MinutesKept => ({
  until: minutesEnd(event).getTime(),
  timeZone: event.timeZone,
});

/** @param now epoch milliseconds */
export const areMinutesOver = ({ until }: MinutesKept, now: number): boolean => now >= until;

/** The beginning of a date, or of one that many days later, epoch milliseconds. */
export const midnight = (date: string, later: number, timeZone: string): number =>
  instantOf(dateAfter(date, later), '00:00', timeZone).getTime();

const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** More than an event has days; times that a device made up may be of any. */
const MOST_DAYS = 100;

export type NoonOf = (at: number) => number;

/** Noon of the day of an instant, both epoch milliseconds. Days are remembered: to ask a zone costs more than all else of a scan. */
export function noonsIn(timeZone: string): NoonOf {
  const days: { readonly from: number; readonly to: number; readonly noon: number }[] = [];
  return (at) => {
    const known = days.find(({ from, to }) => at >= from && at < to);
    if (known !== undefined) return known.noon;
    const date = localDate(new Date(at), timeZone);
    const noon = instantOf(date, '12:00', timeZone).getTime();
    if (days.length < MOST_DAYS)
      days.push({ from: midnight(date, 0, timeZone), to: midnight(date, 1, timeZone), noon });
    return noon;
  };
}

/**
 * Scans of one ticket on one list without their minutes: they come to the same, on each day and in all. To do it twice is as good as once, and
 * one that comes to them later is put behind those of its day.
 */
export function withoutMinutes(marks: readonly ScanMark[], noonOf: NoonOf): readonly ScanMark[] {
  const times = new Map<string, number>();
  const ranks = new Map<number, number>();
  const place = ({ scanId, correctedAt }: ScanMark, rank: number): void => {
    const noon = noonOf(correctedAt);
    times.set(scanId, noon + FIRST_PLACE + rank);
    ranks.set(noon, Math.max(ranks.get(noon) ?? 0, rank + 1));
  };
  const scans = marks.filter(({ kind }) => kind !== 'undo').sort(byRank);
  const isPlaced = (each: ScanMark): boolean => isAtNoon(each.correctedAt, noonOf);
  for (const each of scans.filter(isPlaced)) place(each, rankAt(each.correctedAt, noonOf));
  for (const each of scans) if (!isPlaced(each)) place(each, ranks.get(noonOf(each.correctedAt)) ?? 0);
  return marks.map((mark) => {
    if (mark.kind !== 'undo') return { ...mark, correctedAt: times.get(mark.scanId) ?? noonOf(mark.correctedAt) };
    const undone = scans.find(({ scanId }) => scanId === mark.undoes);
    const hasEffect = undone === undefined || takesBack(mark, undone) || takesBackOnDay(mark, undone, noonOf);
    const noon = noonOf((hasEffect && undone ? undone : mark).correctedAt);
    return { ...mark, correctedAt: noon + (hasEffect ? FIRST_PLACE : WITHOUT_EFFECT) };
  });
}

/** Whether an undo that comes late takes back a scan that has lost its minute: a phone offers none but at once. */
function takesBackOnDay(undo: ScanMark, scan: ScanMark, noonOf: NoonOf): boolean {
  if (!isAtNoon(scan.correctedAt, noonOf) || isWithoutMinute(undo, noonOf)) return false;
  const { correctedAt } = scan;
  // At once may be on the other side of midnight.
  return [-UNDO_SEEN, UNDO_SEEN].some((apart) => {
    const isThatDay = noonOf(undo.correctedAt + apart) === noonOf(correctedAt);
    return isThatDay && takesBack({ ...undo, correctedAt }, scan);
  });
}

/** Whether a time says no more than a day, also of an event whose minutes were over before it was given another day. @param at epoch milliseconds */
export function isAtNoon(at: number, noonOf: NoonOf): boolean {
  const rank = rankAt(at, noonOf);
  return rank >= 0 && rank < MOST_MARKS;
}

const rankAt = (at: number, noonOf: NoonOf): number => at - noonOf(at) - FIRST_PLACE;

/** Whether a scan is as `withoutMinutes` leaves one. */
export const isWithoutMinute = ({ kind, correctedAt }: ScanMark, noonOf: NoonOf): boolean =>
  isAtNoon(correctedAt, noonOf) || (kind === 'undo' && correctedAt === noonOf(correctedAt) + WITHOUT_EFFECT);

/** What was told of a scan without its minutes, and without the member who noted it by hand. */
export const scanWithoutMinutes = <Told extends Pick<Scan, 'scannedAt' | 'correctedAt' | 'by'>>(
  { by: _, ...told }: Told,
  noonOf: NoonOf,
): Omit<Told, 'by'> => ({ ...told, scannedAt: noonOf(told.scannedAt), correctedAt: noonOf(told.correctedAt) });

/**
 * How an instant of a scan is told: as ISO 8601, and by its date alone once the minutes of its event are over, or where they were over before
 * the event was given another day.
 */
export function toldTime(event: Timed, now: Date): (at: number) => string {
  const kept = minutesKept(event);
  const areOver = areMinutesOver(kept, now.getTime());
  const noonOf = noonsIn(kept.timeZone);
  return (at) =>
    areOver || isAtNoon(at, noonOf) ? localDate(new Date(at), kept.timeZone) : new Date(at).toISOString();
}

/** The instant of a scan as it is told where all are numbers: of its day once the minutes of its event are over. */
export function toldInstant(event: Timed, now: Date): NoonOf {
  const kept = minutesKept(event);
  return areMinutesOver(kept, now.getTime()) ? noonsIn(kept.timeZone) : (at) => at;
}

/** Whether no more is told of an event than on which days people came; absent where it is not. */
export const daysOnly = (event: Timed, now: Date): { readonly daysOnly?: true } =>
  areMinutesOver(minutesKept(event), now.getTime()) ? { daysOnly: true } : {};
