import type { ApiAnswer, Ask, DeviceClock } from './api.ts';
import { type PhoneDatabase, saveState } from './database.ts';
import type { BrowserDeps } from './deps.ts';
import type { SyncTrouble } from './engine.ts';
import type { Memory } from './memory.ts';
import type { Exclusively } from './turns.ts';

/** What the parts of the engine share. */
export interface Context {
  readonly deps: BrowserDeps;
  readonly db: PhoneDatabase;
  readonly clock: DeviceClock;
  readonly ask: Ask;
  readonly memory: Memory;
  readonly exclusively: Exclusively;
  /** Tells the screens that something is not as it was, in this tab and, where it was kept, in the others. */
  readonly changed: (where: 'here' | 'everywhere') => void;
  /** Reads anew what is kept, and tells. */
  readonly renew: () => Promise<void>;
}

/** What was wrong where something was asked for and not given. */
export function troubleOf(answer: Exclude<ApiAnswer<unknown>, { kind: 'ok' }>): SyncTrouble {
  if (answer.kind === 'no-answer') return answer.kind;
  if (answer.type === 'device-revoked') return 'revoked';
  return answer.type === 'device-unknown' ? 'unknown-device' : 'server';
}

/** Remembers over a reload whether the server knows this device. Scans stay where they are, whatever it says. */
export async function noteStanding({ db, memory }: Context, trouble: SyncTrouble | undefined): Promise<void> {
  const barred = trouble === 'revoked' || trouble === 'unknown-device' ? trouble : undefined;
  const isNews = barred !== memory.state.barred && (barred !== undefined || trouble === undefined);
  if (!isNews) return;
  memory.state = { ...memory.state, barred };
  await db.use((open) => saveState(open, { barred })).catch(() => undefined);
}
