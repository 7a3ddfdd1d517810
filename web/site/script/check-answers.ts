import { element } from './element.ts';
import { fieldsIn } from './fields.ts';
import { say, type Words } from './words.ts';

/** All that was entered in the steps before the last, each answer with a link to where it is changed. */
export function answersOf(steps: readonly HTMLElement[], words: Words): HTMLElement {
  const rows = steps
    .flatMap(fieldsIn)
    .flatMap(({ control, label, answers }) => [
      element('dt', {}, label),
      element(
        'dd',
        {},
        answers.length > 0 ? answers.join(', ') : words['step.unanswered'],
        ' ',
        change(control.id, label),
      ),
    ]);
  function change(id: string, of: string): HTMLElement {
    const name = say(words['step.change-what'], { label: of });
    return element('a', { href: `#${id}`, 'aria-label': name }, words['step.change']);
  }
  return element('div', { class: 'check' }, element('h3', {}, words['step.check']), element('dl', {}, ...rows));
}
