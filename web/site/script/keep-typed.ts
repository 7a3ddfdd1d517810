import type { Control } from './fields.ts';

/**
 * Puts back what was typed before a reload or a change of language.
 *
 * @returns the step that was shown then
 */
export function restoreTyped(form: HTMLFormElement): string | undefined {
  const typed = readTyped(location.pathname);
  if (typed === undefined) return undefined;
  for (const control of form.querySelectorAll<Control>('input:not([type=hidden]),select,textarea')) {
    const values = typed.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type !== 'radio' && control.type !== 'checkbox') control.value = values[0] || control.value;
    // Where nothing is kept, as of consents, the browser's own memory of a page stands.
    else if (values.length > 0) (control as HTMLInputElement).checked = values.includes(control.value);
  }
  return typed.step;
}

/**
 * Keeps what is typed for as long as the tab lives, but for two things. Nothing that someone under 18 typed is kept
 * anywhere before a guardian agrees, and a device may be shared with a family or a class. Consents are given to words
 * that one has just read, so they are asked anew, and so is what a coordinator states.
 *
 * @param step the id of the step that is shown
 */
export function keepTyped(form: HTMLFormElement, step: () => string): void {
  const keep = (): void => {
    if (isMinor(form)) forgetTyped(location.pathname);
    else storeTyped(location.pathname, { step: step(), fields: typedInto(form) });
  };
  form.addEventListener('input', keep);
  // Not what was sent and forgotten, should someone come back to it.
  addEventListener('pagehide', () => readTyped(location.pathname) && keep());
  // What the server refused, or came with the address: it is not sent yet.
  if (document.querySelector('.errors') || location.search.includes('code=')) keep();
}

export const isMinor = (form: HTMLFormElement): boolean => new FormData(form).get('ageBand') === 'minor';

const typedInto = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)]
    .filter(([name]) => !name.startsWith('consents.') && name !== 'adults')
    .map(([name, value]): [string, string] => [name, String(value)]);

/**
 * What was typed into a form, in the storage of the tab: it survives a reload and a change of language, is seen by no
 * other tab, never leaves the device, and ends with the tab.
 */
interface Typed {
  /** The id of the step that was shown; of a form without steps, empty. */
  readonly step: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** @param path of the form, as the key: each event and each delegation has its own */
export function readTyped(path: string): Typed | undefined {
  return JSON.parse(trying(() => sessionStorage.getItem(path)) ?? 'null') ?? undefined;
}

export const storeTyped = (path: string, typed: Typed): void =>
  trying(() => sessionStorage.setItem(path, JSON.stringify(typed)));

export const forgetTyped = (path: string): void => trying(() => sessionStorage.removeItem(path));

/** A browser that keeps nothing refuses even to be asked. */
function trying<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
