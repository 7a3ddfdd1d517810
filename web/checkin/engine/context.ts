import type { Ask } from './api.ts';
import type { Database } from './database.ts';
import type { Deps } from './deps.ts';
import type { DeviceClock } from './device-clock.ts';
import type { Exclusively } from './exclusive.ts';
import type { Memory } from './memory.ts';

/** What the parts of the engine share. */
export interface Context {
  readonly deps: Deps;
  readonly db: Database;
  readonly clock: DeviceClock;
  readonly ask: Ask;
  readonly memory: Memory;
  readonly exclusively: Exclusively;
  /** Tells whoever shows it that something is not as it was, in this tab and, where it was kept, in the others. */
  readonly changed: (where: 'here' | 'everywhere') => void;
  /** Reads anew what is kept, and tells. */
  readonly renew: () => Promise<void>;
}
