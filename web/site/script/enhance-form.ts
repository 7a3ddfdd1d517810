import { type Facts, holds } from '../../../shared/event/condition.ts';
import type { FormTranslate } from '../../../shared/registration/apply/form-words.ts';
import { element } from './fields.ts';
import { keepTyped, readTyped, restoreTyped } from './keep-typed.ts';
import { focusOn, pageIntoSteps } from './page-into-steps.ts';

const ANSWER = 'answers.';

/**
 * Shows each group of fields only while its condition holds or its day is chosen. What is hidden is disabled too, so
 * that it is not sent and no later condition sees it; what was typed stays, and comes back with the group.
 */
function showWhatConcerns(form: HTMLFormElement): void {
  const groups = [...form.querySelectorAll<HTMLElement>('[data-when],[data-day]')];
  const update = (): void => {
    // In the order of the form: a group may depend on an answer in an earlier one.
    for (const group of groups) setShown(group, concerns(group, form));
  };
  form.addEventListener('change', update);
  // Going back, a browser may bring the page back as it was, or only the answers.
  addEventListener('pageshow', update);
  update();
}

function concerns({ dataset: { when, day } }: HTMLElement, form: HTMLFormElement): boolean {
  if (day !== undefined) return new FormData(form).getAll('days').includes(day);
  return holds(JSON.parse(when ?? ''), factsOf(form));
}

function setShown(group: HTMLElement, shown: boolean): void {
  group.hidden = !shown;
  for (const input of group.querySelectorAll<HTMLInputElement>('input,select,textarea')) input.disabled = !shown;
}

/** What the form says now: radios and check boxes that are chosen, fields that are not disabled. */
function factsOf(form: HTMLFormElement): Facts {
  const sent = new FormData(form);
  const answers: Record<string, readonly string[]> = {};
  for (const name of new Set(sent.keys())) {
    if (name.startsWith(ANSWER)) answers[name.slice(ANSWER.length)] = sent.getAll(name).flatMap(asConditionsSay);
  }
  // Nothing chosen is `null`, which no condition matches either.
  const one = (name: string) => sent.get(name) as string | undefined;
  const sessions = sent.getAll('sessions').map(String);
  return { category: one('category'), mode: one('mode'), country: one('country'), sessions, answers };
}

/** A yes-no question sends `yes` or `no`; conditions know it as `true` or `false`. */
const YES_NO: Readonly<Record<string, string>> = { yes: 'true', no: 'false' };

function asConditionsSay(value: FormDataEntryValue): string[] {
  const text = String(value);
  return [text, YES_NO[text] ?? text];
}

/** Milliseconds after which a form that got no answer may be sent again: the server would not register twice. */
const PATIENCE = 10_000;

/** Without a network the browser would show an error in the form's place, and many do not know the way back: it stays, and says so. */
function keepWhileOffline(form: HTMLFormElement, t: FormTranslate): void {
  let said: HTMLElement | undefined;
  form.addEventListener('submit', (event) => {
    said?.remove();
    if (event.defaultPrevented || navigator.onLine) return;
    event.preventDefault();
    const title = element('b', {}, t('feedback.note.offline.title'));
    said = element('p', { class: 'note', role: 'alert' }, title, element('br', {}), t('feedback.note.offline.text'));
    // The key for a new line presses a button that nobody sees.
    const pressed = event.submitter?.hidden === false ? event.submitter : form.querySelector('[data-sending]');
    pressed?.before(said);
    said.scrollIntoView({ block: 'nearest' });
  });
}

/** A second press while the first is on its way does nothing, and the button says so. */
function keepFromSendingTwice(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('button[data-sending]');
  if (button === null) return;
  const label = button.textContent;
  const reset = (): void => {
    button.removeAttribute('aria-disabled');
    button.textContent = label;
  };
  form.addEventListener('submit', (event) => {
    // Another step is shown first, or something is missing.
    if (event.defaultPrevented) return;
    if (button.hasAttribute('aria-disabled')) {
      event.preventDefault();
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    button.textContent = button.dataset['sending'] ?? label;
    setTimeout(reset, PATIENCE);
  });
  // Going back may bring the page back as it was left: sending.
  window.addEventListener('pageshow', reset);
}

/**
 * Shows only what concerns the reader, in steps where the form has sections: the form for a change has none, since
 * most change one thing.
 */
export const enhanceForm = (t: FormTranslate): void =>
  enhance(t, (form) => (form.querySelector('section') === null ? showWhatConcerns(form) : inSteps(form, t)));

/** The same of a delegation's people. */
export const enhancePeople = (t: FormTranslate): void =>
  enhance(t, (form) => {
    // There is none where a table is mended.
    const blank = form.querySelector<HTMLTemplateElement>('template[data-row]');
    if (blank === null) showWhatConcerns(form);
    else inRows(form, blank);
  });

function enhance(t: FormTranslate, arrange: (form: HTMLFormElement) => void): void {
  const form = document.querySelector<HTMLFormElement>('form[data-script]');
  if (form === null) return;
  arrange(form);
  keepWhileOffline(form, t);
  keepFromSendingTwice(form);
  // Older browsers do not honour `autofocus` on what is no input.
  document.querySelector<HTMLElement>('.errors')?.focus();
  document.documentElement.classList.add('scripted');
}

function inSteps(form: HTMLFormElement, t: FormTranslate): void {
  // A refused form comes with all that was sent, which is newer than what the tab kept.
  const step = document.querySelector('.errors') === null ? restoreTyped(form) : undefined;
  showWhatConcerns(form);
  const steps = pageIntoSteps(form, t, step);
  keepTyped(form, () => steps.shown.id);
}

/** How many rows a press adds, as on the server. */
const SOME_ROWS = 5;

/**
 * The people of a delegation: rows are added in the page, so that a press needs no network and going back leads to the form, not to an
 * answer that browsers do not keep. What was typed is kept until it is sent, for they are many, and a phone forgets pages.
 *
 * @param blank a row with a number that no other has
 */
function inRows(form: HTMLFormElement, blank: HTMLTemplateElement): void {
  const more = form.querySelector<HTMLButtonElement>('[value=more]');
  const most = Number(blank.dataset['most']);
  const number = Number(blank.dataset['row']);
  const titles = (): HTMLElement[] => [...form.querySelectorAll<HTMLElement>('h3[id^=person-]')];
  const next = (): number => Number(titles().at(-1)?.id.slice('person-'.length) ?? -1) + 1;
  function addUpTo(last: number): void {
    for (let row = next(); row <= last && titles().length < most; row += 1) {
      const one = blank.innerHTML.replaceAll(`${number}`, `${row}`).replaceAll(`${number + 1}`, `${row + 1}`);
      blank.insertAdjacentHTML('beforebegin', one);
    }
    more?.toggleAttribute('hidden', titles().length >= most);
  }
  more?.addEventListener('click', (event) => {
    event.preventDefault();
    const first = next();
    addUpTo(first + SOME_ROWS - 1);
    focusOn(document.getElementById(`person-${first}`));
  });
  const rows = [...form.querySelectorAll<HTMLInputElement>('[name^="rows."]')];
  // What the server sent back is newer than what the tab kept.
  const isNew = document.querySelector('.errors') === null && rows.every(({ defaultValue }) => defaultValue === '');
  if (isNew) {
    const typed = readTyped(location.pathname)?.fields.filter(([, value]) => value !== '') ?? [];
    addUpTo(Math.max(-1, ...typed.map(([name]) => Number(/^rows\.(\d+)/.exec(name)?.[1] ?? -1))));
    restoreTyped(form);
  }
  showWhatConcerns(form);
  keepTyped(form, () => '');
}
