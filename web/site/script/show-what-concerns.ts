import { type Facts, holds } from '../../../shared/event/condition.ts';

const ANSWER = 'answers.';

/**
 * Shows each group of fields only while its condition holds or its day is chosen. What is hidden is disabled too, so
 * that it is not sent and no later condition sees it; what was typed stays, and comes back with the group.
 */
export function showWhatConcerns(form: HTMLFormElement): void {
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
