import type { EventDefinition, Question } from '../../../shared/domain/event.ts';
import { type Html, html } from '../../../shared/html.ts';
import type { FormState } from '../form/form-state.ts';
import { whomItConcerns } from './condition-words.ts';
import { question } from './question.ts';

/**
 * The event's own questions. Those that concern some people only stand in groups that say whom; the script shows a
 * group only where its condition holds.
 */
export function questions(
  form: FormState,
  event: EventDefinition<string>,
  asked: readonly Question<string>[],
  language: string,
): Html {
  return html`${groupByCondition(asked).map((group) => {
    const [first] = group;
    const fields = group.map((each) => question(form, each));
    if (first?.when === undefined) return fields;
    const id = `only-${first.id}`;
    return html`<div class="group" role="group" aria-labelledby="${id}" data-when="${JSON.stringify(first.when)}"><p class="only" id="${id}">${whomItConcerns(first.when, event, language, form.t)}</p>
${fields}</div>
`;
  })}`;
}

/** Neighbours under the same condition share a group. */
function groupByCondition(all: readonly Question<string>[]): Question<string>[][] {
  const groups: Question<string>[][] = [];
  for (const each of all) {
    const last = groups.at(-1);
    const same = last?.[0] !== undefined && JSON.stringify(last[0].when) === JSON.stringify(each.when);
    if (same) last.push(each);
    else groups.push([each]);
  }
  return groups;
}
