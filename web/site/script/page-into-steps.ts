import type { FormTranslate } from '../../../shared/registration/apply/form-words.ts';
import { isMinor } from './keep-typed.ts';
import { problemsIn } from './problems.ts';
import { showProblems, targetOf } from './show-problems.ts';
import { focusOn, Steps } from './steps.ts';

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
    // Says that registration for them is not open.
    const note = isMinor(form) ? shown.querySelector<HTMLElement>('#ageBand-minor-note') : null;
    if (note !== null) {
      focusOn(note);
      return;
    }
    if (!check(shown)) return;
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
