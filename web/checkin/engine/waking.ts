import type { Context } from './context.ts';

/** Milliseconds between two looks at what time alone changes: the end of a shift, how old the revocations are. */
const LOOK = 4000;

/**
 * Has phone and server brought together at once, whenever the page is seen again, and whenever a network comes: no browser is relied on to
 * do it while the page is away (CI8).
 */
export function waking({ deps, clock, changed }: Context, sync: () => void): void {
  deps.watch({
    online: sync,
    visibility() {
      if (!deps.isVisible()) return clock.hidden();
      clock.seen();
      sync();
    },
  });
  const look = (): void => {
    changed('here');
    deps.after(LOOK, look);
  };
  look();
  sync();
}

/** Asks the browser not to clear what a device keeps. It may refuse, and nothing hangs on it but what the screens say. */
export async function persist({ deps, memory, changed }: Context): Promise<void> {
  // Some browsers ask the person, who should know by then what for.
  if (memory.state.device === undefined) return;
  memory.isPersistent = (await deps.storage?.persist().catch(() => false)) ?? false;
  changed('here');
}
