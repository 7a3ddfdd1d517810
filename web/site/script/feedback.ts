import { answerForm } from './feedback/answer-form.ts';
import { currentForm, hasProof } from './feedback/form-fields.ts';
import { canKeep } from './feedback/kept.ts';
import { markAnswered } from './feedback/mark-answered.ts';

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
