const HOUR = 60 * 60 * 1000;
/** Milliseconds that are counted together: an hour is six of them, and the one in which it began. */
const STEP = 10 * 60 * 1000;

/** Steps are counted from 1970 on. @param now epoch milliseconds */
export const stepOf = (now: number): number => Math.floor(now / STEP);

/** The step in which the last hour began: all of it is counted, so that no hour ever holds more than is said. */
export const firstStepOfHour = (now: number): number => stepOf(now - HOUR);
