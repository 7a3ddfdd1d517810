import type { Snapshot } from './engine.ts';

/** Whether two moments look the same to whoever shows them. */
export function isSame(a: Snapshot, b: Snapshot): boolean {
  const names = Object.keys(b) as (keyof Snapshot)[];
  return names.every(
    (name) => a[name] === b[name] || (isSmall(name) && JSON.stringify(a[name]) === JSON.stringify(b[name])),
  );
}

/** What is made anew for each snapshot; the rest is the same thing until it is read anew. */
const isSmall = (name: keyof Snapshot): boolean => ['counts', 'queue', 'upload', 'download'].includes(name);

/** Whoever wants to hear of changes. */
export function listeners(): { readonly add: (listener: () => void) => () => void; readonly tell: () => void } {
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
