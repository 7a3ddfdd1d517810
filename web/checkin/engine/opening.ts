import { asking } from './api.ts';
import { isSame, listeners } from './changes.ts';
import { coalesce } from './coalesce.ts';
import type { Context } from './context.ts';
import { type Database, openDatabase } from './database.ts';
import type { Deps } from './deps.ts';
import { deviceClock } from './device-clock.ts';
import type { Engine } from './engine.ts';
import { exclusively } from './exclusive.ts';
import { emptyMemory, recall } from './memory.ts';
import { snapshotOf } from './snapshot.ts';

/** What shows how it stands. */
export type View = Pick<Engine, 'snapshot' | 'subscribe'>;

/** Opens what is kept on the phone and reads it. Where nothing can be kept, there is no work to be done, and the screens say so. */
export async function opening(deps: Deps): Promise<{ readonly context: Context; readonly view: View }> {
  const memory = emptyMemory();
  const clock = deviceClock(deps);
  const told = listeners();
  const db = await openDatabase(deps).catch(() => NOTHING);
  let shown = snapshotOf(memory, clock.corrected());
  const show = (): void => {
    const next = snapshotOf(memory, clock.corrected());
    if (isSame(shown, next)) return;
    shown = next;
    told.tell();
  };
  const renew = coalesce(async () => {
    try {
      await db.use((open) => recall(memory, open));
      memory.standing = 'open';
      clock.restore(memory.state.clock);
    } catch {
      memory.standing = 'no-storage';
    }
    show();
  });
  const tellTabs = deps.tabs(() => void renew());
  await renew();
  const context: Context = {
    ...{ deps, db, clock, memory, renew },
    ask: asking(deps, clock),
    exclusively: exclusively(deps),
    changed(where) {
      show();
      if (where === 'everywhere') tellTabs();
    },
  };
  return { context, view: { snapshot: () => shown, subscribe: told.add } };
}

const NOTHING: Database = { use: () => Promise.reject(new Error('nothing is kept here')) };
