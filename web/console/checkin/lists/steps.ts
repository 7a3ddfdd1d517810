import { ARRIVAL_STEP, type Arrivals } from '../../../../shared/checkin/attendance/arrivals.ts';

/** Bars that fit on a screen. */
const MOST = 12;
const MINUTE = 60 * 1000;
/** Lengths of a bar that people think in: minutes, hours, days. */
const LENGTHS = [5, 15, 30, 60, 120, 240, 720, 1440, 10_080].map((minutes) => minutes * MINUTE);

/** When people came, at the door and online. */
export interface Step extends Arrivals {
  readonly online: number;
}

/** The same in as few equal steps as fit on a screen, those in between in which nobody came too. */
export function fewerSteps(steps: readonly Step[]): readonly Step[] {
  const [first, last] = [steps[0]?.from, steps.at(-1)?.from];
  if (first === undefined || last === undefined) return [];
  const length =
    LENGTHS.find((each) => placeOf(last, each) - placeOf(first, each) < MOST) ?? last - first + ARRIVAL_STEP;
  const begin = placeOf(first, length);
  const bars = Array.from({ length: placeOf(last, length) - begin + 1 }, (_, index) => (begin + index) * length);
  return bars.map((from) => {
    const within = steps.filter((step) => step.from >= from && step.from < from + length);
    return { from, came: sumOf(within, 'came'), online: sumOf(within, 'online') };
  });
}

const placeOf = (instant: number, length: number): number => Math.floor(instant / length);

const sumOf = (steps: readonly Step[], way: 'came' | 'online'): number =>
  steps.reduce((sum, step) => sum + step[way], 0);
