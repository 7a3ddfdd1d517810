import type { Device } from '../device/check-in-device.schema.ts';

/** How a scan stands that waits for a person. `refused`: it was to count, and the server could not keep it. */
export const HELD_STATUSES = ['open', 'counted', 'left-out', 'refused'] as const;
export type HeldStatus = (typeof HELD_STATUSES)[number];

/** Scans that a phone made before it was shut out, and those after: they are shown, and decided on, apart. */
export const HELD_PARTS = ['before', 'after'] as const;
export type HeldPart = (typeof HELD_PARTS)[number];

export const HAND_OVER_DECISIONS = ['count', 'leave-out'] as const;
export type HandOverDecision = (typeof HAND_OVER_DECISIONS)[number];

/** What an organiser pressed last. Where scans are open still, the press was interrupted, and the next one goes on. */
export interface Pressed {
  readonly decision: HandOverDecision;
  /** The member. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** One part of a hand-over: how many of its scans stand how, and when the first and the last were made, epoch milliseconds. */
export interface PartTally {
  readonly statuses: Readonly<Record<HeldStatus, number>>;
  readonly from: number;
  readonly to: number;
  readonly pressed?: Pressed | undefined;
}

/**
 * Scans of one phone that count nowhere until a person says so: those of a file that it saved, or those that it sent when it was shut
 * out already and that are not believed without being looked at.
 */
export interface HandOver {
  readonly eventId: string;
  /** Of a file: a hash of it, so that the same file is the same hand-over. Of what a phone sent: the id of the phone. */
  readonly id: string;
  readonly device: string;
  /** The member who brought the file; absent of what the phone sent. */
  readonly by?: string | undefined;
  /** When it came, ISO 8601. */
  readonly at: string;
  /** Entries of the file; absent of what a phone sent. */
  readonly entries?: number | undefined;
  /** Whether all of the file came in. */
  readonly isWhole: boolean;
  readonly parts: Readonly<Partial<Record<HeldPart, PartTally>>>;
}

/** Scans of one hand-over that are held at most: more than a phone makes in a long day. */
export const MOST_HELD = 5_000;

/** What of a scan that is held says how its part stands. */
export interface PartState {
  readonly part: HeldPart;
  readonly status: HeldStatus;
  readonly at: number;
}

/** How each part stands, by all that is held of it. A scan that came since the last press leaves nothing pressed. */
export function partTallies(
  held: readonly PartState[],
  pressed: Partial<Record<HeldPart, Pressed>>,
): HandOver['parts'] {
  return Object.fromEntries(
    HELD_PARTS.flatMap((part) => {
      const own = held.filter((each) => each.part === part);
      if (own.length === 0) return [];
      const count = (status: HeldStatus) => own.filter((each) => each.status === status).length;
      const times = own.map(({ at }) => at);
      const tally: PartTally = {
        statuses: Object.fromEntries(HELD_STATUSES.map((each) => [each, count(each)])) as PartTally['statuses'],
        from: times.reduce((a, b) => Math.min(a, b)),
        to: times.reduce((a, b) => Math.max(a, b)),
        pressed: pressed[part],
      };
      return [[part, tally]];
    }),
  );
}

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
