import { element } from '../element.ts';
import { ANSWERED, keptAnswering, readKept } from './kept.ts';
import { sayAs } from './say-as.ts';

/**
 * Says in the list of a holder's forms which of them were answered, and where the browser answers as somebody else by now, whose page was
 * opened after this one: this browser knows it, and nobody else does.
 */
export function markAnswered(): void {
  const list = document.querySelector<HTMLElement>('[data-answered]');
  const { event, feedback: token = '' } = document.querySelector<HTMLElement>('[data-feedback]')?.dataset ?? {};
  if (list === null || event === undefined) return;
  const mark = (): void => {
    const now = keptAnswering(event);
    sayAs(now === undefined || now.token === token ? '' : now.name);
    for (const link of list.querySelectorAll<HTMLElement>('[data-about]')) {
      const isAnswered = readKept({ event, form: link.dataset['about'] ?? '', token }) === ANSWERED;
      const isSaid = link.nextElementSibling !== null;
      if (isAnswered && !isSaid) link.after(element('p', { class: 'hint' }, list.dataset['answered'] ?? ''));
    }
  };
  // Whoever has answered comes back to the page as it was left.
  addEventListener('pageshow', mark);
  addEventListener('storage', mark);
  mark();
}
