import { unknownCountries } from '../../kernel/text/country-problems.ts';
import type { DefinitionProblem, Path } from '../../kernel/text/definition-problem.ts';
import type { Condition } from '../condition.ts';
import type { EventDefinition, Question } from '../event.ts';
import { signUpSessions } from '../sessions.ts';

/** Conditions that name what the event does not have, or an answer that is not known yet. */
export function conditionProblems(definition: EventDefinition<unknown>): DefinitionProblem[] {
  const { questions, quotas } = definition;
  const ofQuestions = questions.flatMap((question, index) =>
    inCondition(definition, question.when, ['questions', index, 'when'], seenBy(question, questions.slice(0, index))),
  );
  // Care answers are kept apart: whoever counts seats does not see them.
  const counted = questions.filter(({ care }) => !care);
  const ofQuotas = quotas.flatMap(({ when }, index) =>
    inCondition(definition, when, ['quotas', index, 'when'], counted),
  );
  return [...ofQuestions, ...ofQuotas];
}

/** Care answers are not seen where others are amended, and those that come later not in the form. */
const seenBy = ({ care, later }: Question<unknown>, earlier: readonly Question<unknown>[]) =>
  earlier.filter((each) => (care || !each.care) && (later || !each.later));

function inCondition(
  definition: EventDefinition<unknown>,
  condition: Condition | undefined,
  path: Path,
  answered: readonly Question<unknown>[],
): DefinitionProblem[] {
  if (condition === undefined) return [];
  const inside = (each: Condition, at: Path) => inCondition(definition, each, at, answered);
  if ('all' in condition) return condition.all.flatMap((each, index) => inside(each, [...path, 'all', index]));
  if ('any' in condition) return condition.any.flatMap((each, index) => inside(each, [...path, 'any', index]));
  if ('not' in condition) return inside(condition.not, [...path, 'not']);
  if ('category' in condition) return unknownIds(condition.category, definition.categories, 'category', path);
  if ('mode' in condition) return unknownIds(condition.mode, definition.modes, 'mode', path);
  if ('session' in condition) return unknownIds(condition.session, signUpSessions(definition), 'session', path);
  if ('country' in condition) return unknownCountries(condition.country, [...path, 'country']);
  return inAnswer(definition, condition, path, answered);
}

function unknownIds(
  ids: readonly string[],
  known: readonly { readonly id: string }[],
  what: 'category' | 'mode' | 'session',
  path: Path,
): DefinitionProblem[] {
  return ids.flatMap((id, index) =>
    known.some((each) => each.id === id)
      ? []
      : [{ path: [...path, what, index], message: `there is no ${what} "${id}"; there are ${listed(known)}` }],
  );
}

function inAnswer(
  definition: EventDefinition<unknown>,
  condition: { readonly question: string; readonly in: readonly string[] },
  path: Path,
  answered: readonly Question<unknown>[],
): DefinitionProblem[] {
  const question = answered.find(({ id }) => id === condition.question);
  if (question === undefined) {
    return [{ path: [...path, 'question'], message: whyNotAnswered(definition, condition.question) }];
  }
  const possible = possibleAnswers(question);
  if (possible === undefined) return [];
  return condition.in.flatMap((answer, index) =>
    possible.includes(answer)
      ? []
      : [
          {
            path: [...path, 'in', index],
            message: `"${answer}" is no answer to "${question.id}"; there are ${possible.join(', ')}`,
          },
        ],
  );
}

function whyNotAnswered({ questions }: EventDefinition<unknown>, id: string): string {
  const asked = questions.find((each) => each.id === id);
  if (asked === undefined) return `there is no question "${id}"`;
  return asked.care
    ? `what is answered to "${id}" is kept apart: only what is asked after it, and arranged like it, may depend on it`
    : `"${id}" must be asked before the question that depends on it`;
}

/** Nothing for questions that take any answer. */
function possibleAnswers({ type, options }: Question<unknown>): readonly string[] | undefined {
  if (type === 'yes-no') return ['true', 'false'];
  return options?.map(({ id }) => id);
}

const listed = (items: readonly { readonly id: string }[]): string => items.map(({ id }) => id).join(', ');
