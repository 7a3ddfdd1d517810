import { keepFromSendingTwice } from './script/send-once.ts';
import { showWhatConcerns } from './script/show-what-concerns.ts';

/** Everything works without this; with it, the form shows only what concerns the reader. */
document.documentElement.classList.add('scripted');
const form = document.querySelector<HTMLFormElement>('form[data-register]');
// Browsers from before 2022 lack `Object.hasOwn`, which conditions need: they keep the plain page.
if (form !== null && 'hasOwn' in Object) {
  showWhatConcerns(form);
  keepFromSendingTwice(form);
  // Older browsers do not honour `autofocus` on what is no input; others have by the time they draw.
  const errors = document.querySelector<HTMLElement>('.errors:not(:focus)');
  if (errors !== null) requestAnimationFrame(() => errors.focus());
}
