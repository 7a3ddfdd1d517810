import { element } from '../element.ts';
import { type NoteName, Refused, Stopped } from './stopped.ts';

/** Where something is said: above the questions, or beside the button. */
export type Where = 'first' | 'last';

export function hideNotes(): void {
  for (const note of document.querySelectorAll<HTMLElement>('[data-note]')) note.hidden = true;
}

/** Says why it went no further, in the place where the reader is, instead of anything that was said before. */
export function sayWhy(error: unknown, where: Where): void {
  if (error instanceof Refused) sayRefused(error.title, error.detail, where);
  else show(error instanceof Stopped ? error.note : 'failed', where);
}

export function sayRefused(title: string, detail: string, where: Where): void {
  const note = find('refused', where);
  note?.replaceChildren(element('h2', {}, title), element('p', {}, detail));
  show('refused', where);
}

function show(name: NoteName | 'refused', where: Where): void {
  hideNotes();
  const note = find(name, where);
  if (note === undefined) return;
  note.hidden = false;
  // At first nobody is interrupted; whoever pressed a button waits for this.
  if (where === 'last') {
    note.focus();
    note.scrollIntoView({ block: 'nearest' });
  }
}

/** Not every note is in both places. */
function find(name: NoteName | 'refused', where: Where): HTMLElement | undefined {
  const notes = [...document.querySelectorAll<HTMLElement>(`[data-note="${name}"]`)];
  return where === 'first' ? notes[0] : notes[notes.length - 1];
}
