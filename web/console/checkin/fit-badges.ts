import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** How far it shrinks: first so that no word is broken, then whatever it takes, with words broken where they must be. */
const ROUNDS = [
  { whole: true, least: 0.7 },
  { whole: false, least: 0.3 },
];
const STEP = 0.93;

/** Sets what each badge says of someone as large as fits between its band and its code. */
function fitBadges(sheet: Element): void {
  let left = [...sheet.querySelectorAll<HTMLElement>('.who')];
  for (const { whole, least } of ROUNDS) {
    for (const each of left) each.classList.toggle('whole-words', whole);
    // All are changed and then all are measured, or the browser would lay out the page for each of them.
    for (let fit = 1; fit > least && left.length > 0; fit *= STEP) {
      for (const each of left) each.style.setProperty('--fit', fit.toFixed(3));
      left = left.filter(spills);
    }
  }
}

const spills = ({ scrollHeight, clientHeight, scrollWidth, clientWidth }: HTMLElement): boolean =>
  scrollHeight > clientHeight || scrollWidth > clientWidth;

/** Milliseconds for which fonts of badges are waited for. */
const MOST_FOR_FONTS = 1_500;

/**
 * Sets words as large as fits before they are seen, so that no name moves.
 *
 * @param shown what the sheet is drawn from
 */
export function useFitting(sheet: RefObject<HTMLElement | null>, ...shown: readonly unknown[]): void {
  useLayoutEffect(() => {
    const { current } = sheet;
    if (current === null) return;
    const setSizes = (): void => fitBadges(current);
    const show = (): void => {
      setSizes();
      current.style.visibility = '';
    };
    // To lay them out is what makes the browser fetch fonts, in which they are of another width: until these are there, nothing is seen.
    current.style.visibility = 'hidden';
    setSizes();
    void document.fonts.ready.then(show);
    const timer = setTimeout(show, MOST_FOR_FONTS);
    document.fonts.addEventListener('loadingdone', setSizes);
    return () => {
      clearTimeout(timer);
      document.fonts.removeEventListener('loadingdone', setSizes);
    };
  }, [sheet, ...shown]);
}
