/** Milliseconds for which a code has to be out of sight before it counts as shown once more. */
const GONE = 1500;

/** What the camera saw last. */
export interface Seen {
  readonly text: string;
  /** Milliseconds, by any clock that only runs. */
  readonly at: number;
}

/** A code that stays before the camera is read many times a second, and is meant once. */
export const isShownAnew = (last: Seen | undefined, { text, at }: Seen): boolean =>
  last === undefined || last.text !== text || at - last.at > GONE;
