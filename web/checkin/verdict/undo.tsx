import { useApp } from '../app-context.ts';
import { useNow } from '../use-now.ts';

const SECOND = 1000;

interface UndoProps {
  readonly scan: { readonly scanId: string; readonly canUndoUntil: number };
  readonly onUndo: (scanId: string) => void;
}

/** Takes back what was noted, for as long as that is possible. */
export function Undo({ scan: { scanId, canUndoUntil }, onUndo }: UndoProps) {
  const { phone, words } = useApp();
  const now = useNow(phone.now, SECOND);
  if (now >= canUndoUntil) return null;
  return (
    <button type="button" class="second" onClick={() => onUndo(scanId)}>
      {words.verdict.undo}
    </button>
  );
}
