export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A field of the form as the page has it: what stands in a `.field`. */
export interface PageField {
  readonly box: HTMLElement;
  /** Its only control, or the first of its choices. */
  readonly control: Control;
  /** The words of its label or legend. */
  readonly label: string;
  /** What is typed or chosen, in words; empty where it was left out. */
  readonly answers: readonly string[];
}

/** The fields in a step that concern the reader. */
export const fieldsIn = (step: HTMLElement): PageField[] =>
  [...step.querySelectorAll<HTMLElement>('.field:not([hidden],.group[hidden] *)')].map(asField);

function asField(box: HTMLElement): PageField {
  const controls = [...box.querySelectorAll<Control>('input,select,textarea')];
  return {
    box,
    control: controls[0] as Control,
    label: box.querySelector('legend,label')?.textContent ?? '',
    answers: controls.flatMap(wordsOf).filter((answer) => answer.trim() !== ''),
  };
}

function wordsOf(control: Control): string[] {
  if (control instanceof HTMLSelectElement) return control.value === '' ? [] : [control.selectedOptions[0]?.text ?? ''];
  if (control.type !== 'radio' && control.type !== 'checkbox') return [control.value];
  // The choice's own words stand right behind its box, before any hint.
  return (control as HTMLInputElement).checked ? [control.nextSibling?.textContent ?? ''] : [];
}

/** Makes an element; text is text, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
