import type { Condition } from '../../../../shared/event/condition.ts';
import type { EventDefinition, Question } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
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
    const fields = group.map((each) => question(form, each, event, language));
    if (first?.when === undefined) return fields;
    return onlyWhere(first.when, first.id, html`${fields}`, { event, language, t: form.t });
  })}`;
}

/** Fields that concern some people only, under words that say whom; the script shows them only to those. */
export function onlyWhere(
  condition: Condition,
  name: string,
  fields: Html,
  { event, language, t }: { event: EventDefinition<string>; language: string; t: FormState['t'] },
): Html {
  const id = `only-${name}`;
  return html`<div class="group" role="group" aria-labelledby="${id}" data-when="${JSON.stringify(condition)}"><p class="only" id="${id}">${whomItConcerns(condition, event, language, t)}</p>
${fields}</div>
`;
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
