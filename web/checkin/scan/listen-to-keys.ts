import { NOTHING, takeKey } from './wedge.ts';

/**
 * Hears scanners that type like a keyboard, wherever the focus is. In a field, letters of a scanner are typed as by hand, but its Enter
 * is not: it would send the form.
 *
 * @returns what ends it
 */
export function listenToKeys(onText: (text: string) => void): () => void {
  let typed = NOTHING;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const step = takeKey(typed, event.key, event.timeStamp);
    typed = step.typed;
    if (step.isScanner && (step.text !== undefined || !isField(event.target))) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (step.text !== undefined) onText(step.text);
  };
  addEventListener('keydown', onKey, { capture: true });
  return () => removeEventListener('keydown', onKey, { capture: true });
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select');
