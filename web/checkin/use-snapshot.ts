import { useEffect, useState } from 'preact/hooks';
import type { Engine, Snapshot } from './engine/engine.ts';

/** What the engine shows of itself, now and whenever that changes. */
export function useSnapshot({ snapshot, subscribe }: Engine): Snapshot {
  const [shown, setShown] = useState(snapshot);
  useEffect(() => {
    const look = (): void => setShown(snapshot());
    const end = subscribe(look);
    // What changed between the first drawing and this.
    look();
    return end;
  }, [snapshot, subscribe]);
  return shown;
}
