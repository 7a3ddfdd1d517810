import type { FormTranslate } from '../../../shared/registration/apply/form-words.ts';
import { element } from './element.ts';
import { fieldsIn } from './fields.ts';
import { plainTitle } from './show-problems.ts';

/** All that was entered in the steps before the last, each answer with a link to where it is changed. */
function answersOf(steps: readonly HTMLElement[], t: FormTranslate): HTMLElement {
  const rows = steps
    .flatMap(fieldsIn)
    .flatMap(({ control, label, answers }) => [
      element('dt', {}, label),
      element('dd', {}, answers.length > 0 ? answers.join(', ') : t('step.unanswered'), ' ', change(control.id, label)),
    ]);
  function change(id: string, of: string): HTMLElement {
    const name = t('step.change-what', { label: of });
    return element('a', { href: `#${id}`, 'aria-label': name }, t('step.change'));
  }
  return element('div', { class: 'check' }, element('h3', {}, t('step.check')), element('dl', {}, ...rows));
}

/** The sections of the form, of which one is shown; those in which nothing applies are no steps. */
export class Steps {
  readonly goOn: HTMLButtonElement;
  readonly back: HTMLButtonElement;
  readonly last: HTMLElement;
  shown: HTMLElement;
  readonly #sections: readonly HTMLElement[];
  readonly #t: FormTranslate;
  /** Of the page, whatever is wrong in it. */
  readonly #title: string;

  /** @param form shown as a whole, until `show` */
  constructor(form: HTMLFormElement, t: FormTranslate) {
    this.#t = t;
    this.#sections = [...form.querySelectorAll('section')];
    this.last = this.#sections[this.#sections.length - 1] as HTMLElement;
    this.shown = this.last;
    this.#title = plainTitle(t);
    this.goOn = element('button', { type: 'submit' }, t('step.continue'));
    this.back = element('button', { type: 'button', class: 'second' }, t('step.back'));
    form.append(element('p', { class: 'steps' }, this.goOn, ' ', this.back));
  }

  /** In their order; the last is always one. */
  list(): HTMLElement[] {
    return this.#sections.filter((section) => section === this.last || fieldsIn(section).length > 0);
  }

  named(id: string | undefined): HTMLElement | undefined {
    return this.list().find((section) => section.id === id);
  }

  /** The first in which something is wrong, if it was refused. */
  wrong(): HTMLElement | undefined {
    return this.list().find((section) => section.querySelector('.bad'));
  }

  /** Where someone is reading or typing when the script comes. */
  inView(): HTMLElement {
    const isSeen = (section: HTMLElement) => section.getBoundingClientRect().bottom > 0;
    const list = this.list();
    return list.find((section) => section.contains(document.activeElement)) ?? list.find(isSeen) ?? this.last;
  }

  show(step: HTMLElement): void {
    const { last, back, goOn } = this;
    const list = this.list();
    this.shown = step;
    for (const section of this.#sections) section.hidden = section !== step;
    list.forEach((section, index) => {
      const progress = section.querySelector('h2 small');
      const params = { step: index + 1, steps: list.length };
      if (progress) progress.textContent = this.#t('step.progress', params);
    });
    goOn.hidden = step === last;
    back.hidden = step === list[0];
    document.querySelector('.lead')?.toggleAttribute('hidden', step !== list[0]);
    last.querySelector('.check')?.remove();
    if (step === last) last.querySelector('h2')?.after(answersOf(list.slice(0, -1), this.#t));
  }

  /** Shows another step and puts the reader at its top, or at one of its fields. */
  enter(step: HTMLElement, at: HTMLElement | null = step.querySelector('h2')): void {
    this.show(step);
    document.title = `${step.querySelector('h2')?.textContent} - ${this.#title}`;
    focusOn(at);
  }
}

export function focusOn(place: HTMLElement | null): void {
  if (place === null) return;
  if (!place.matches('input,select,textarea')) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView();
}
