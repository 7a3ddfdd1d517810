import {
  type Anchor,
  afterReload,
  afterSleep,
  better,
  correctedTime,
  type Offset,
  offsetFrom,
  type Reading,
} from '../../../shared/checkin/clock.ts';
import type { Deps } from './deps.ts';

/** The time at the door (TK9). */
export interface DeviceClock {
  /** By the server's clock as well as this phone can tell, by its own before it heard of any: whole epoch milliseconds. */
  readonly corrected: () => number;
  /** What is known of the offset, to be kept over a reload. */
  readonly offset: () => Offset | undefined;
  readonly restore: (offset: Offset | undefined) => void;
  /** Takes an answer's `Date` header. @param sent the clocks when the question was asked */
  readonly learn: (sent: Reading, date: string | null) => void;
  readonly read: () => Reading;
  readonly hidden: () => void;
  readonly seen: () => void;
}

export function deviceClock({ now, steady }: Pick<Deps, 'now' | 'steady'>): DeviceClock {
  let anchor: Anchor | undefined;
  let hiddenAt: Reading | undefined;
  const read = (): Reading => ({ wall: now(), steady: steady() });
  return {
    read,
    corrected: () => Math.round(anchor === undefined ? now() : correctedTime(anchor, read())),
    offset: () => anchor && { offset: anchor.offset, error: anchor.error },
    restore(offset) {
      if (anchor === undefined && offset !== undefined) anchor = afterReload(offset, read());
    },
    learn(sent, date) {
      const serverDate = Date.parse(date ?? '');
      if (Number.isNaN(serverDate)) return;
      const at = read();
      // The steady clock measures how long it took: the other one may have been set meanwhile.
      const exchange = { sentAt: at.wall - (at.steady - sent.steady), receivedAt: at.wall, serverDate };
      anchor = { ...better(anchor, offsetFrom(exchange)), at };
    },
    hidden() {
      hiddenAt = read();
    },
    seen() {
      if (anchor !== undefined && hiddenAt !== undefined) anchor = afterSleep(anchor, hiddenAt, read());
      hiddenAt = undefined;
    },
  };
}
