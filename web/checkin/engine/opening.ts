import { freshness } from '../../../shared/ticket/revocation-list.ts';
import { asking, deviceClock } from './api.ts';
import { tallyAt } from './check-ins.ts';
import type { Context } from './context.ts';
import { openDatabase, type PhoneDatabase } from './database.ts';
import type { BrowserDeps } from './deps.ts';
import type { Engine, Snapshot } from './engine.ts';
import { directionOf, doorIn, emptyMemory, type Memory, recall } from './memory.ts';
import { coalesce, exclusively } from './turns.ts';

/** Whether two moments look the same on a screen. */
function isSame(a: Snapshot, b: Snapshot): boolean {
  const names = Object.keys(b) as (keyof Snapshot)[];
  return names.every(
    (name) => a[name] === b[name] || (isSmall(name) && JSON.stringify(a[name]) === JSON.stringify(b[name])),
  );
}

/** What is made anew for each snapshot; the rest is the same thing until it is read anew. */
const isSmall = (name: keyof Snapshot): boolean => ['counts', 'queue', 'upload', 'download'].includes(name);

/** Those who hear of changes. */
function listeners(): { readonly add: (listener: () => void) => () => void; readonly tell: () => void } {
  const all = new Set<() => void>();
  return {
    add(listener) {
      // The same function may be added twice, and each ends its own.
      const mine = () => listener();
      all.add(mine);
      return () => all.delete(mine);
    },
    tell() {
      for (const listener of [...all]) listener();
    },
  };
}

/** What shows how it stands. */
type View = Pick<Engine, 'snapshot' | 'subscribe'>;

/** Opens what is kept on the phone and reads it. Where nothing can be kept, there is no work to be done, and the screens say so. */
export async function opening(deps: BrowserDeps): Promise<{ readonly context: Context; readonly view: View }> {
  const memory = emptyMemory();
  const clock = deviceClock(deps);
  const told = listeners();
  const db = await openDatabase(deps).catch(() => NOTHING);
  const look = () => snapshotOf(memory, clock.corrected(), deps.isOnline());
  let shown = look();
  const show = (): void => {
    const next = look();
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

const NOTHING: PhoneDatabase = { use: () => Promise.reject(new Error('nothing is kept here')) };

const WITHOUT_NETWORK: Memory['trouble'] = { upload: 'offline', download: 'offline' };

/** Of the list that is scanned for, and of today where it counts each day. */
function tallyOf({ state, tally }: Memory, at: number): Snapshot['counts'] {
  const door = doorIn(state);
  return door === undefined ? { came: 0, inside: 0 } : tallyAt(tally, door, at);
}

/** @param at by the server's clock, epoch milliseconds */
function snapshotOf(memory: Memory, at: number, isOnline: boolean): Snapshot {
  const { state } = memory;
  // Nothing is tried without a network, so that no try would say that it is gone.
  const trouble = isOnline ? memory.trouble : WITHOUT_NETWORK;
  return {
    standing: deviceStanding(memory, at),
    device: state.device?.terms,
    searchCode: state.searchCode?.digits,
    setup: state.setup,
    door: doorIn(state),
    direction: directionOf(state),
    counts: tallyOf(memory, at),
    people: state.people ?? 0,
    queue: { waiting: memory.waiting, refused: memory.refused },
    upload: { at: state.uploadedAt, trouble: trouble.upload },
    download: { at: state.downloadedAt, trouble: trouble.download },
    freshness: freshness(memory.revocations, new Date(at)),
    storage: memory.isFull ? 'full' : memory.isPersistent ? 'persistent' : 'best-effort',
  };
}

/** A device that the server does not know any more is revoked to the staff at it; which of both it is, the trouble says. */
export function deviceStanding({ standing, state }: Memory, at: number): Snapshot['standing'] {
  if (standing !== 'open') return standing;
  if (state.device === undefined) return 'not-enrolled';
  if (state.barred !== undefined) return 'revoked';
  return state.isOver || at >= state.device.terms.endsAt ? 'over' : 'active';
}
