/** How far it shrinks: first so that no word is broken, then whatever it takes, with words broken where they must be. */
const ROUNDS = [
  { whole: true, least: 0.7 },
  { whole: false, least: 0.3 },
];
const STEP = 0.93;

/** Sets what each badge says of someone as large as fits between its band and its code. */
export function fitBadges(sheet: Element): void {
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
