import { repeatedIds } from '../../event/definition/event-problems.ts';
import type { FeedbackQuestion } from '../../event/definition/feedback-rules.ts';
import type { EventDefinition } from '../../event/event.ts';
import type { DefinitionProblem, Path } from '../../kernel/text/field-problem.ts';
import { countedBytes, MOST_COUNTED_BYTES } from '../result/tally.ts';

/** What is wrong with what is asked afterwards, beyond what a schema sees. */
export function feedbackProblems({
  feedback,
  sessions,
}: Pick<EventDefinition<unknown>, 'feedback' | 'sessions'>): DefinitionProblem[] {
  if (feedback === undefined) return [];
  const known = sessions.map(({ id }) => id);
  const unknown = feedback.unasked.flatMap((id, index) =>
    known.includes(id) ? [] : [{ path: ['feedback', 'unasked', index], message: `there is no session "${id}"`, known }],
  );
  return [
    ...questionsProblems(feedback.session, ['feedback', 'session']),
    ...questionsProblems(feedback.event, ['feedback', 'event']),
    ...unknown,
  ];
}

function questionsProblems(questions: readonly FeedbackQuestion<unknown>[], at: Path): DefinitionProblem[] {
  const bytes = countedBytes(questions);
  const message = `${MOST_COUNTED_BYTES} bytes are the most that is counted of one form, and this is ${bytes}: fewer options, or shorter ids`;
  const tooMuch = bytes > MOST_COUNTED_BYTES ? [{ path: at, message }] : [];
  const each = questions.flatMap(({ type, options, max }, index) => {
    const path = [...at, index];
    const isChoice = type === 'choice' || type === 'multi-choice';
    const problems = repeatedIds(options ?? [], [...path, 'options']);
    if (isChoice && options === undefined) problems.push({ path, message: `a ${type} question needs options` });
    if (!isChoice && options !== undefined) {
      problems.push({ path: [...path, 'options'], message: `a ${type} question takes no options` });
    }
    if (max !== undefined && type !== 'text') {
      problems.push({ path: [...path, 'max'], message: `a ${type} question takes no max` });
    }
    return problems;
  });
  return [...repeatedIds(questions, at), ...each, ...tooMuch];
}
