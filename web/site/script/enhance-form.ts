import { keepTyped, restoreTyped } from './keep-typed.ts';
import { pageIntoSteps } from './page-into-steps.ts';
import { keepFromSendingTwice } from './send-once.ts';
import { showWhatConcerns } from './show-what-concerns.ts';
import type { Words } from './words.ts';

/** Turns the one page of the registration form into steps that show only what concerns the reader. */
export function enhanceForm(words: Words): void {
  const form = document.querySelector<HTMLFormElement>('form[data-script]');
  if (form === null) return;
  const refused = document.querySelector<HTMLElement>('.errors');
  // A refused form comes with all that was sent, which is newer than what the tab kept.
  const step = refused === null ? restoreTyped(form) : undefined;
  showWhatConcerns(form);
  const steps = pageIntoSteps(form, words, step);
  keepTyped(form, () => steps.shown.id);
  keepFromSendingTwice(form);
  // Older browsers do not honour `autofocus` on what is no input.
  refused?.focus();
  document.documentElement.classList.add('scripted');
}
