import { storeTyped } from '../keep-typed.ts';
import type { FeedbackProof } from './prove.ts';

/** A form comes back in a new page when something in it has to change: so it is looked for each time. */
export const currentForm = (): HTMLFormElement | null => document.querySelector('form[data-form]');

/** Whether the server made a proof and put it into the page, for a browser that cannot. */
export const hasProof = (form: HTMLFormElement): boolean =>
  form.querySelector<HTMLInputElement>('[name=token]')?.value !== '';

/** What is sent. The proof never is part of the page, which browsers may bring back later as it was. */
export function fieldsOf(form: HTMLFormElement, proof?: FeedbackProof): URLSearchParams {
  // There are no files in it.
  const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  if (proof === undefined) return fields;
  const { message, signature, labels } = proof;
  for (const [name, value] of Object.entries({ token: message, signature, ...labels })) fields.set(name, value);
  return fields;
}

/** Keeps what is typed for as long as the tab lives: someone may have to look for their link first. */
export function keepAnswers(): void {
  const form = currentForm();
  if (form === null) return;
  const fields = [...fieldsOf(form)].filter(([name]) => name.startsWith('answers.'));
  storeTyped(location.pathname, { step: '', fields });
}

/** Says on the button that it was pressed. @returns what undoes that */
export function showSending(form: HTMLFormElement): () => void {
  const button = form.querySelector<HTMLButtonElement>('button[data-sending]');
  if (button === null) return () => {};
  const label = button.textContent;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = button.dataset['sending'] ?? label;
  return () => {
    button.removeAttribute('aria-disabled');
    button.textContent = label;
  };
}

/** Says as whom this browser answers, by the name that it keeps; nothing where it keeps none. */
export function sayAs(name: string): void {
  const note = document.querySelector<HTMLElement>('[data-as]');
  const place = note?.querySelector('[data-name]');
  if (note == null || place == null) return;
  place.textContent = name;
  note.hidden = name === '';
}
