import { ARRIVAL_STEP } from './arrivals.ts';

/**
 * The lane in which somebody is counted who joined online. Nobody tells phones of them, so that nothing else says when they came: lanes
 * are of one step of the curve each, and several, since many come at the same moment.
 *
 * @param at epoch milliseconds
 * @param lane one of so many
 */
export const onlineLane = (at: number, lane: number, lanes: number): number =>
  Math.floor(at / ARRIVAL_STEP) * lanes + lane;

/** When the step of such a lane begins, epoch milliseconds. */
export const stepOfLane = (onlineLane: number, lanes: number): number => Math.floor(onlineLane / lanes) * ARRIVAL_STEP;
