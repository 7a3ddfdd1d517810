import { addressMeant, meantField, parseEmailAddress } from '../../../shared/kernel/text/email-address.ts';
import { isLongerThan } from '../../../shared/kernel/text/field-problem.ts';
import {
  type FormTranslate,
  NAMED_FIELDS,
  type PersonText,
  TEXT_LIMIT,
} from '../../../shared/registration/apply/form-words.ts';
import { element, fieldsIn, type PageField } from './fields.ts';
import { isMinor } from './keep-typed.ts';

const MEANT = meantField('email');

/** What an entry of the browser's history says: the step, and the one that led to it. */
interface Visit {
  readonly step: string;
  readonly from?: string;
}

const visit = (): Visit | null => history.state;

/**
 * Shows one section of the form at a time. Each step is an entry of the browser's history; none is left before what
 * it needs is there. The last one shows what was entered, before it is sent.
 *
 * @param kept the id of the step that was shown before a reload or a change of language
 */
export function pageIntoSteps(form: HTMLFormElement, t: FormTranslate, kept: string | undefined): Steps {
  const steps = new Steps(form, t);
  const refused = document.querySelector('.errors') !== null;
  /** Whether all steps were seen before: then those with nothing to do are passed over. */
  let returning = refused;

  function go(step: HTMLElement, at?: HTMLElement): void {
    const from = steps.shown.id;
    if (step.id !== from) history.pushState({ step: step.id, from } satisfies Visit, '');
    steps.enter(step, at);
  }

  /** @returns whether nothing is missing in a step; if something is, it is shown */
  function check(step: HTMLElement): boolean {
    const problems = problemsIn(step, t);
    if (problems.length > 0 && step !== steps.shown) go(step);
    showProblems(step, problems, t);
    return problems.length === 0;
  }

  function next(): void {
    const { shown, last } = steps;
    // Leads to the form for them, or says that registration for them is not open.
    const note = isMinor(form) ? shown.querySelector<HTMLElement>('#ageBand-minor-note') : null;
    if (note !== null) {
      const theirs = note.querySelector('a');
      if (theirs === null) focusOn(note);
      else location.assign(theirs.href);
      return;
    }
    if (!check(shown) || asksWhichAddress(shown, steps.goOn, t)) return;
    const list = steps.list();
    const later = list.slice(list.indexOf(shown) + 1);
    const hasToDo = (step: HTMLElement) => step.querySelector('.bad') !== null || problemsIn(step, t).length > 0;
    go((returning ? later.find(hasToDo) : later[0]) ?? last);
  }

  form.addEventListener('submit', (event) => {
    const isLast = steps.shown === steps.last;
    if (isLast && steps.list().every(check)) return;
    event.preventDefault();
    if (!isLast) next();
  });

  steps.back.addEventListener('click', () => {
    const list = steps.list();
    const before = list[list.indexOf(steps.shown) - 1];
    if (before === undefined || visit()?.from === before.id) history.back();
    else go(before);
  });

  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('.errors a, .check a');
    const target = targetOf(link);
    const step = target?.closest('section');
    if (!target || !step) return;
    event.preventDefault();
    returning = true;
    go(step, target);
  });

  addEventListener('popstate', () => {
    const step = steps.named(visit()?.step);
    if (step !== undefined) steps.enter(step);
    // An anchor within the page, such as the way past the header, is no step.
    else history.replaceState({ step: steps.shown.id } satisfies Visit, '');
  });

  history.scrollRestoration = 'manual';
  const first = refused ? (steps.wrong() ?? steps.last) : (steps.named(visit()?.step ?? kept) ?? steps.inView());
  history.replaceState({ ...visit(), step: first.id } satisfies Visit, '');
  steps.show(first);
  return steps;
}

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
class Steps {
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

  /** The first in which something is wrong or asked, if the form came back. */
  wrong(): HTMLElement | undefined {
    return this.list().find((section) => section.querySelector(`.bad,[name=${MEANT}]`));
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
    for (const before of document.querySelectorAll('main > :is(.lead, .links)'))
      before.toggleAttribute('hidden', step !== list[0]);
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

interface Problem {
  readonly field: PageField;
  /** Beside the field. */
  readonly message: string;
  /** In the summary, where it has to say which field it means. */
  readonly summary: string;
}

/**
 * What would have to change in a step, said as the server says it: fields that are needed and empty, addresses that
 * are none, and names that are too long. Everything else is for the server to find.
 */
const problemsIn = (step: HTMLElement, t: FormTranslate): Problem[] =>
  fieldsIn(step).flatMap((field) => {
    const code = problemOf(field);
    if (code === undefined) return [];
    const { label } = field;
    const { name } = field.control;
    if (code === 'required') {
      const named = NAMED_FIELDS.find((each) => each === name);
      const message = named === undefined ? t('errors.unanswered', { label }) : t(`errors.missing.${named}`);
      return [{ field, message, summary: message }];
    }
    if (code === 'sessions-at-once') {
      const [one = '', other = ''] = chosenAtOnce(field) ?? [];
      const message = t('field.sessions-at-once', { one, other });
      return [{ field, message, summary: message }];
    }
    const message = t(`field.${code}`, { max: limitOf(name) });
    return [{ field, message, summary: t('errors.item', { label, message }) }];
  });

type Code = 'required' | 'no-day' | 'not-accepted' | 'email-format' | 'email-ascii' | 'too-long' | 'sessions-at-once';

const limitOf = (name: string): number => TEXT_LIMIT[name as PersonText] ?? Number.POSITIVE_INFINITY;

function problemOf(field: PageField): Code | undefined {
  const { box, control, answers } = field;
  const [first] = answers;
  if (chosenAtOnce(field) !== undefined) return 'sessions-at-once';
  if (first !== undefined) return control.type === 'email' ? emailProblem(first) : lengthProblem(first, control.name);
  if (!('required' in box.dataset)) return undefined;
  if (control.name === 'days') return 'no-day';
  return control.name.startsWith('consents.') ? 'not-accepted' : 'required';
}

/** The words of two that are chosen, of which nobody can have both. */
function chosenAtOnce({ box, answers }: PageField): string[] | undefined {
  const pairs: string[][] = JSON.parse(box.dataset['exclusive'] ?? '[]');
  const chosen = [...box.querySelectorAll<HTMLInputElement>(':checked')].map(({ value }) => value);
  const both = pairs.find((pair) => pair.every((id) => chosen.includes(id)));
  return both?.map((id) => answers[chosen.indexOf(id)] ?? '');
}

function emailProblem(typed: string): Code | undefined {
  // Browsers from before 2023 cannot tell here, only the server can.
  if (!('canParse' in URL)) return undefined;
  const checked = parseEmailAddress(typed);
  const code = 'issue' in checked ? checked.issue.code : undefined;
  return code === 'email-format' || code === 'email-ascii' ? code : undefined;
}

function lengthProblem(typed: string, name: string): Code | undefined {
  // Browsers from before 2024 cannot tell here. What the server drops counts for nothing: blanks, and what Khmer breaks lines with.
  if (!('Segmenter' in Intl)) return undefined;
  const text = typed.replace(/\u200B/g, '').replace(/\s+/g, ' ');
  return isLongerThan(text.trim(), limitOf(name)) ? 'too-long' : undefined;
}

/**
 * Asks once about an address that looks mistyped; to go on keeps it.
 *
 * @returns whether it was asked just now
 */
function asksWhichAddress(step: HTMLElement, goOn: HTMLElement, t: FormTranslate): boolean {
  const email = step.querySelector<HTMLInputElement>('[name=email]');
  const typed = email?.value.trim() ?? '';
  const address = addressMeant(typed);
  const asked = step.querySelector<HTMLInputElement>(`[name=${MEANT}]:checked,[name=${MEANT}][type=hidden]`);
  if (address !== undefined && (asked?.value === typed || asked?.value === address)) return false;
  asked?.closest('.note,.field')?.remove();
  if (!email || address === undefined) return false;
  const use = element('button', { type: 'button' }, t('register.email.meant.use', { address }));
  use.addEventListener('click', () => {
    email.value = address;
    goOn.click();
  });
  const answer = element('input', { type: 'hidden', name: MEANT, value: typed });
  const note = element('p', { class: 'note' }, t('register.email.meant', { address }), ' ', use, answer);
  email.closest('.field')?.after(note);
  focusOn(note);
  return true;
}

/** Shows what is wrong in a step the way the server would, instead of what it or the server said before. */
function showProblems(step: HTMLElement, problems: readonly Problem[], t: FormTranslate): void {
  for (const box of step.querySelectorAll<HTMLElement>('.bad')) unmark(box);
  for (const { field, message } of problems) mark(field, message, t);
  summarise(step, problems, t);
}

function mark({ box, control }: PageField, message: string, t: FormTranslate): void {
  const id = `${control.id}-error`;
  box.classList.add('bad');
  const before = box.querySelector('.hint') ?? box.querySelector(':scope > ul') ?? box.querySelector('legend,label');
  before?.after(element('p', { class: 'error', id }, element('b', {}, t('errors.prefix')), ` ${message}`));
  const described = describedIn(box);
  described.setAttribute('aria-describedby', `${id} ${described.getAttribute('aria-describedby') ?? ''}`.trim());
  if (described === control) control.setAttribute('aria-invalid', 'true');
}

function unmark(box: HTMLElement): void {
  box.classList.remove('bad');
  box.querySelector('.error')?.remove();
  const described = describedIn(box);
  const others = (described.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => !id.endsWith('-error'));
  if (others.join('') === '') described.removeAttribute('aria-describedby');
  else described.setAttribute('aria-describedby', others.join(' '));
  described.removeAttribute('aria-invalid');
}

/** What hint and error are tied to: a group of choices as a whole, or the one control. */
const describedIn = (box: HTMLElement): HTMLElement =>
  box instanceof HTMLFieldSetElement ? box : (box.querySelector('input,select,textarea') as HTMLElement);

/** The summary keeps what the server said of other steps. */
function summarise(step: HTMLElement, problems: readonly Problem[], t: FormTranslate): void {
  const old = document.querySelector('.errors');
  const others = [...(old?.querySelectorAll('li') ?? [])].filter((item) => {
    const target = targetOf(item.querySelector('a'));
    return target !== null && !step.contains(target);
  });
  old?.remove();
  const items = problems.map(({ field: { control }, summary }) =>
    element('li', {}, element('a', { href: `#${control.id}` }, summary)),
  );
  if (items.length + others.length === 0) return;
  const title = element('h2', { id: 'errors-title' }, t('errors.title'));
  const box = element(
    'div',
    { class: 'errors', role: 'alert', tabindex: '-1', 'aria-labelledby': 'errors-title' },
    title,
    element('p', {}, t('errors.kept')),
    element('ul', {}, ...items, ...others),
  );
  document.querySelector('main')?.prepend(box);
  if (items.length === 0) return;
  document.title = t('register.error-title', { title: plainTitle(t) });
  box.focus();
}

/** Of the page, whatever is wrong in it. */
const plainTitle = (t: FormTranslate): string => document.title.replace(t('register.error-title', { title: '' }), '');

/** The field that a line of the summary leads to. */
const targetOf = (link: HTMLAnchorElement | null): HTMLElement | null =>
  document.getElementById(link?.hash.slice(1) ?? '');
