/** Milliseconds between two keys of a scanner at most: nobody types so fast for long. */
const GAP = 60;
/** Keys after which it is a scanner for certain. */
const CERTAIN = 6;

/** What came from the keys so far. */
export interface Typed {
  readonly text: string;
  /** When the last key came: milliseconds, by any clock that only runs. */
  readonly at: number;
}

export interface Step {
  readonly typed: Typed;
  /** What a scanner read: it ends with Enter. */
  readonly text?: string;
  /** The key belongs to a scanner, and is to do nothing else: Enter and space would press whatever has the focus. */
  readonly isScanner: boolean;
}

export const NOTHING: Typed = { text: '', at: 0 };

/** One more key, of which `key` is the name that browsers give it. */
export function takeKey({ text, at }: Typed, key: string, now: number): Step {
  const isFast = text !== '' && now - at <= GAP;
  if (key === 'Enter') {
    const isScan = isFast && text.length >= CERTAIN;
    return { typed: NOTHING, isScanner: isScan, ...(isScan && { text }) };
  }
  // Shift and its kind come between the letters of a scanner, and are none.
  if ([...key].length !== 1) return { typed: { text, at }, isScanner: false };
  const typed = { text: isFast ? text + key : key, at: now };
  return { typed, isScanner: typed.text.length >= CERTAIN };
}
