import { keepTyped, restoreTyped } from './keep-typed.ts';
import { pageIntoSteps } from './page-into-steps.ts';
import { keepFromSendingTwice } from './send-once.ts';
import { showWhatConcerns } from './show-what-concerns.ts';
import type { Words } from './words.ts';

/**
 * Shows only what concerns the reader, in steps where the form has sections: the form for a change has none, since
 * most change one thing.
 */
export function enhanceForm(words: Words): void {
  const form = document.querySelector<HTMLFormElement>('form[data-script]');
  if (form === null) return;
  if (form.querySelector('section') === null) showWhatConcerns(form);
  else inSteps(form, words);
  keepFromSendingTwice(form);
  // Older browsers do not honour `autofocus` on what is no input.
  document.querySelector<HTMLElement>('.errors')?.focus();
  document.documentElement.classList.add('scripted');
}

function inSteps(form: HTMLFormElement, words: Words): void {
  // A refused form comes with all that was sent, which is newer than what the tab kept.
  const step = document.querySelector('.errors') === null ? restoreTyped(form) : undefined;
  showWhatConcerns(form);
  const steps = pageIntoSteps(form, words, step);
  keepTyped(form, () => steps.shown.id);
}
