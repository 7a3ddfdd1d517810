/** Words are taken of adults only: of someone under 18 they are not asked, not sent, and what was typed already is gone (CS22). */
export function askForNoWords(form: HTMLFormElement): void {
  for (const words of form.querySelectorAll('textarea')) {
    words.value = '';
    words.disabled = true;
    const field = words.closest<HTMLElement>('.field');
    if (field) field.hidden = true;
  }
  form.querySelector('[data-words]')?.setAttribute('hidden', '');
  form.querySelector('[data-young]')?.removeAttribute('hidden');
}
