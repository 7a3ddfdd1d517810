import type { AttendanceMode } from '../../event/event.ts';
import type { CheckInList, Passing } from '../check-in-items.schema.ts';
import { passageOf } from '../scan/passage.ts';
import type { ScanMark } from '../scan/scan.ts';

/** Milliseconds of one step of the curve. */
export const ARRIVAL_STEP = 5 * 60 * 1000;

/** How many people came within one step. */
export interface Arrivals {
  /** When the step begins, epoch milliseconds: a whole multiple of its length. */
  readonly from: number;
  readonly came: number;
}

/**
 * When people came to one list: each once, at the check-in that counts, whatever the order in which scans arrived, and however often.
 *
 * @returns steps in which anybody came, in order of time
 */
export function arrivalsOf(
  scans: readonly { readonly ticket: string; readonly mark: ScanMark }[],
  passing: Passing,
): readonly Arrivals[] {
  const byTicket = new Map<string, ScanMark[]>();
  for (const { ticket, mark } of scans) {
    const marks = byTicket.get(ticket);
    if (marks === undefined) byTicket.set(ticket, [mark]);
    else marks.push(mark);
  }
  const steps = new Map<number, number>();
  for (const marks of byTicket.values()) {
    const { checkIn } = passageOf(marks, passing);
    if (checkIn === undefined) continue;
    const from = Math.floor(checkIn.correctedAt / ARRIVAL_STEP) * ARRIVAL_STEP;
    steps.set(from, (steps.get(from) ?? 0) + 1);
  }
  return [...steps].map(([from, came]) => ({ from, came })).sort((a, b) => a.from - b.from);
}

/**
 * The lane in which an attendee who joined online counts. Nobody tells phones of them, so that nothing else says when they came: lanes
 * are of one step of the curve each, and several, since many come at the same moment.
 *
 * @param at epoch milliseconds
 * @param lane one of so many
 */
export const onlineLane = (at: number, lane: number, lanes: number): number =>
  Math.floor(at / ARRIVAL_STEP) * lanes + lane;

/** When the step of such a lane begins, epoch milliseconds. */
export const stepOfLane = (onlineLane: number, lanes: number): number => Math.floor(onlineLane / lanes) * ARRIVAL_STEP;

/** How an attendee took part, and of which group they were when they came: what changed later is not what was counted. */
export interface TookPart {
  readonly mode: AttendanceMode;
  readonly category: string;
}

/** Where an attendee came, by the id of the list. */
export type Came = Readonly<Record<string, TookPart>>;

export type Listed = Pick<CheckInList, 'id' | 'place'>;

/** What is known of who came where. */
export interface Attendance {
  readonly lists: readonly Listed[];
  readonly came: Came;
  /** Ids of lists at whose doors anybody was scanned. */
  readonly scanned: ReadonlySet<string>;
}
