import type { CheckinTranslate } from '../../../shared/kernel/i18n/words.ts';
import { useApp } from '../app-context.ts';
import type { Outcome } from '../engine/engine.ts';
import { undoable } from '../engine/outcome.ts';
import { useNow } from '../use-now.ts';

const SECOND = 1000;

interface UndoProps {
  readonly outcome: Outcome;
  readonly onUndo: (scanIds: readonly string[]) => void;
}

/** Takes back what was noted, for as long as that is possible: of a chaperone also that those whom they took along have left. */
export function Undo({ outcome, onUndo }: UndoProps) {
  const { phone, t } = useApp();
  const now = useNow(phone.now, SECOND);
  const scans = undoable(outcome).filter(({ canUndoUntil }) => now < canUndoUntil);
  if (scans.length === 0) return null;
  return (
    <button type="button" class="second" onClick={() => onUndo(scans.map(({ scanId }) => scanId))}>
      {labelOf(outcome, scans.length, t)}
    </button>
  );
}

function labelOf(outcome: Outcome, scans: number, t: CheckinTranslate): string {
  if (outcome.kind === 'wards-inside') return t('verdict.undoAlong', { people: scans });
  return scans === 1 ? t('verdict.undo') : t('verdict.undoTogether', { people: scans });
}
