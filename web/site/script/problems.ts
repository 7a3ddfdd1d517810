import { parseEmailAddress } from '../../../shared/kernel/text/email-address.ts';
import { type FormTranslate, NAMED_FIELDS } from '../../../shared/registration/apply/form-words.ts';
import { element, fieldsIn, type PageField } from './fields.ts';

interface Problem {
  readonly field: PageField;
  /** Beside the field. */
  readonly message: string;
  /** In the summary, where it has to say which field it means. */
  readonly summary: string;
}

/**
 * What would have to change in a step, said as the server says it: fields that are needed and empty, and addresses
 * that are none. Everything else is for the server to find.
 */
export const problemsIn = (step: HTMLElement, t: FormTranslate): Problem[] =>
  fieldsIn(step).flatMap((field) => {
    const code = problemOf(field);
    if (code === undefined) return [];
    const { label } = field;
    const message = t(`field.${code}`);
    const named = NAMED_FIELDS.find((name) => name === field.control.name);
    const unanswered = named === undefined ? t('errors.unanswered', { label }) : t(`errors.missing.${named}`);
    return [{ field, message, summary: code === 'required' ? unanswered : t('errors.item', { label, message }) }];
  });

type Code = 'required' | 'no-day' | 'not-accepted' | 'email-format' | 'email-ascii';

function problemOf({ box, control, answers: [first] }: PageField): Code | undefined {
  if (first !== undefined) return control.type === 'email' ? emailProblem(first) : undefined;
  if (!('required' in box.dataset)) return undefined;
  if (control.name === 'days') return 'no-day';
  return control.name.startsWith('consents.') ? 'not-accepted' : 'required';
}

function emailProblem(typed: string): Code | undefined {
  // Browsers from before 2023 cannot tell here, only the server can.
  if (!('canParse' in URL)) return undefined;
  const checked = parseEmailAddress(typed);
  const code = 'issue' in checked ? checked.issue.code : undefined;
  return code === 'email-format' || code === 'email-ascii' ? code : undefined;
}

/** Shows what is wrong in a step the way the server would, instead of what it or the server said before. */
export function showProblems(step: HTMLElement, problems: readonly Problem[], t: FormTranslate): void {
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
export const plainTitle = (t: FormTranslate): string =>
  document.title.replace(t('register.error-title', { title: '' }), '');

/** The field that a line of the summary leads to. */
export const targetOf = (link: HTMLAnchorElement | null): HTMLElement | null =>
  document.getElementById(link?.hash.slice(1) ?? '');
