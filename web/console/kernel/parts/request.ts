import { useEffect, useRef, useState } from 'preact/hooks';
import { SignedOutError } from '../session.ts';

/**
 * One thing that a press does: busy while it runs, then done or failed. Presses in between are not heard.
 *
 * @param onStart what was said of an earlier press is over
 */
export function useAction(onSignedOut?: () => void, onStart?: () => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function run(action: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    onStart?.();
    try {
      await action();
    } catch (problem) {
      if (problem instanceof SignedOutError) onSignedOut?.();
      else setError(problem ?? new Error('failed for no reason'));
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, run, clear: () => setError(undefined) };
}

type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown };

export interface Loading<T> {
  readonly loaded: Loaded<T>;
  /** Reads again; what is shown stays until the answer is there. */
  readonly reload: () => Promise<void>;
  /** What an answer to a change already said. */
  readonly show: (value: T) => void;
}

/**
 * Reads what a screen shows, anew whenever `key` changes; an answer that comes late is not shown.
 *
 * @param key names what `load` reads
 * @param load is told by its signal when the screen is left, so that what takes many requests asks for no more
 * @param known what is shown at once where it was read before
 */
export function useLoaded<T>(
  key: string,
  load: (left: AbortSignal) => Promise<T>,
  onSignedOut: () => void,
  known?: T,
): Loading<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>(
    known === undefined ? { state: 'loading' } : { state: 'ready', value: known },
  );
  const isKnown = useRef(known !== undefined);
  const latest = useRef(0);
  const leaving = useRef(new AbortController());
  async function read(): Promise<void> {
    latest.current += 1;
    const mine = latest.current;
    const next = await load(leaving.current.signal).then(
      (value): Loaded<T> => ({ state: 'ready', value }),
      (error): Loaded<T> => ({ state: 'failed', error }),
    );
    if (mine !== latest.current) return;
    if (next.state === 'failed' && next.error instanceof SignedOutError) onSignedOut();
    else setLoaded(next);
  }
  useEffect(() => {
    const own = new AbortController();
    leaving.current = own;
    if (!isKnown.current) {
      setLoaded({ state: 'loading' });
      void read();
    }
    isKnown.current = false;
    return () => {
      latest.current += 1;
      own.abort();
    };
  }, [key]);
  const show = (value: T): void => {
    // What was asked before it is older.
    latest.current += 1;
    setLoaded({ state: 'ready', value });
  };
  return { loaded, reload: read, show };
}
