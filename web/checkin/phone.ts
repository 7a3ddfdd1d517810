import type { Reader } from './scan/reader.ts';
import type { Sounds } from './signals/sounds.ts';
import type { Updates } from './worker/updates.ts';

/** What of the phone the screens use, besides the page itself. */
export interface Phone {
  /** Epoch milliseconds by its clock. */
  readonly now: () => number;
  /** Absent where the browser keeps nothing. */
  readonly storage: Storage | undefined;
  /** Made when a code is first looked for: a scanner with keys needs none. */
  readonly reader: () => Reader;
  readonly sounds: Sounds;
  readonly updates: Updates;
}
