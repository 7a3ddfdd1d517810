import { useState } from 'preact/hooks';
import { SignedOutError } from '../session/session.ts';

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
