import type { Answer } from './api.ts';
import type { Context } from './context.ts';
import type { SyncTrouble } from './engine.ts';
import { saveState } from './state.ts';

/** What was wrong where something was asked for and not given. */
export function troubleOf(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): SyncTrouble {
  if (answer.kind === 'offline') return 'offline';
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
