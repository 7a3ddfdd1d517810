import { answerForm } from './feedback/answer-form.ts';
import { currentForm, hasProof, sayAs } from './feedback/form-fields.ts';
import { ANSWERED, canKeep, keptAnswering, readKept } from './feedback/kept.ts';
import { element } from './fields.ts';

/**
 * Says in the list of a holder's forms which of them were answered, and where the browser answers as another by now, whose page was
 * opened after this one: this browser knows it, and nobody else does.
 */
function markAnswered(): void {
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
  // An attendee who has answered comes back to the page as it was left.
  addEventListener('pageshow', mark);
  addEventListener('storage', mark);
  mark();
}

/** Loaded only by the pages about feedback: lets the browser prove that its reader attended, and not who that is. */
const form = currentForm();
// Cryptography is there on secure pages only.
const canProve = globalThis.crypto?.subtle !== undefined && canKeep();

if (form !== null && (canProve || hasProof(form))) answerForm(form);
else if (canProve) markAnswered();
else showWhatWorksWithoutScript();

/** A browser that cannot prove anything is shown what one without scripts is. */
function showWhatWorksWithoutScript(): void {
  for (const otherwise of document.querySelectorAll('main noscript')) otherwise.outerHTML = otherwise.textContent ?? '';
  document.querySelector('.forms')?.setAttribute('hidden', '');
}
