import type { HeldPart } from '../check-in-items.schema.ts';
import type { Device } from '../device/device.schema.ts';

/** Scans of one hand-over that are held at most: more than a phone makes in a long day. */
export const MOST_HELD = 5_000;

export const partAt = ({ revokedAt }: Pick<Device, 'revokedAt'>, correctedAt: number): HeldPart =>
  revokedAt !== undefined && correctedAt >= revokedAt ? 'after' : 'before';

/** Milliseconds by which a phone may have learned of its clock between two scans. */
const CLOCK_SLACK = 60_000;

/**
 * Whether a scan that a phone sends once it is shut out counts as what it scanned before (CI15). Its times are its own word, and a thief
 * may write any: believed are those between what it had brought in when it was shut out, for phones send the oldest first, and that moment.
 * A phone that was never long without a network can so claim seconds, and one that was, no more than it might have brought in itself.
 *
 * @param newest time of the newest scan that it brought in before, epoch milliseconds; 0 where it brought none
 */
export const isBelieved = ({ revokedAt }: Pick<Device, 'revokedAt'>, newest: number, correctedAt: number): boolean =>
  revokedAt !== undefined && correctedAt < revokedAt && correctedAt >= newest - CLOCK_SLACK;
