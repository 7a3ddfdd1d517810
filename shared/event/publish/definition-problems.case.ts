import { certificateProblems } from '../../certificates/certificate.ts';
import { readerProblems } from '../../event/answer-readers.ts';
import { feedbackProblems } from '../../feedback/form/problems.ts';
import type { DefinitionProblem } from '../../kernel/text/field-problem.ts';
import { unprovenProblems } from '../../seats/unproven-seat.ts';
import { EVENT_CHECKS, PART_CHECKS } from '../definition/event-problems.ts';
import type { EventDefinition, LocalText } from '../event.ts';

/** What is found where parts are held against one another: by the event's own rules, and those of each capability in its part. */
export const WHOLE_CHECKS: readonly ((definition: EventDefinition<LocalText>) => readonly DefinitionProblem[])[] = [
  ...EVENT_CHECKS,
  readerProblems,
  unprovenProblems,
  feedbackProblems,
  certificateProblems,
];

/** What is wrong with a definition that fits the schema. One without problems can be published. */
export const definitionProblems = (definition: EventDefinition<LocalText>): DefinitionProblem[] =>
  [...PART_CHECKS, ...WHOLE_CHECKS].flatMap((check) => check(definition));
