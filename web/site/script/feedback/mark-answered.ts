import { element } from '../element.ts';
import { ANSWERED, keptToken, readKept } from './kept.ts';

/** Says in the list of a holder's forms which of them were answered: this browser knows it, and nobody else does. */
export function markAnswered(): void {
  const list = document.querySelector<HTMLElement>('[data-answered]');
  const { event } = document.querySelector<HTMLElement>('[data-feedback]')?.dataset ?? {};
  if (list === null || event === undefined) return;
  const mark = (): void => {
    const token = keptToken(event) ?? '';
    for (const link of list.querySelectorAll<HTMLElement>('[data-about]')) {
      const isAnswered = readKept({ event, form: link.dataset['about'] ?? '', token }) === ANSWERED;
      const isSaid = link.nextElementSibling !== null;
      if (isAnswered && !isSaid) link.after(element('p', { class: 'hint' }, list.dataset['answered'] ?? ''));
    }
  };
  // Whoever has answered comes back to the page as it was left.
  addEventListener('pageshow', mark);
  mark();
}
